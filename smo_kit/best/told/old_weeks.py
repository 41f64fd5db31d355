"""Weeks so long ago that nobody looks at them any more."""

from __future__ import annotations

import datetime as dt

from smo_kit.best.bulk import delete
from smo_kit.best.models import Offer, Pair
from smo_kit.best.periods import WEEKS_KEPT, monday


def forget_old_weeks() -> int:
    """Delete what was read together and offered more than half a year ago; return how many rows that was.

    How often a page was chosen at all stays in the counts of engagement.
    """
    before = monday() - dt.timedelta(weeks=WEEKS_KEPT)
    return sum(delete(table.objects.filter(week__lt=before)) for table in (Pair, Offer))
