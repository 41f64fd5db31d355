"""Weeks so long ago that nobody looks at them any more."""

from __future__ import annotations

import datetime as dt
from typing import Final

from smo_kit.best.models import Offer, Pair
from smo_kit.best.periods import monday

KEPT: Final = dt.timedelta(weeks=26)


def forget_old_weeks() -> int:
    """Delete what was read together and offered more than half a year ago; return how many rows that was.

    How often a page was chosen at all stays in the counts of engagement.
    """
    before = monday() - KEPT
    return sum(table.objects.filter(week__lt=before).delete()[0] for table in (Pair, Offer))
