"""Periods: of what is best, of what is explored, and the weeks by which readers' acts are counted."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERIOD_LENGTH: Final = 8
WEEKS_KEPT: Final = 26
"""So many weeks of what readers did are kept, and count: half a year."""

Period = Literal["week", "month", "year", "ever"]
Order = Literal["week", "month", "year", "ever", "new"]

DAYS: Final[dict[Period, int]] = {"week": 7, "month": 30, "year": 365, "ever": 0}
"""How many days back a period looks; 0: to the beginning."""


def order_choices() -> list[tuple[str, Any]]:
    """Return what may come first in a list of materials."""
    return [
        ("week", _("The best of the week")),
        ("month", _("The best of the month")),
        ("year", _("The best of the year")),
        ("ever", _("The best of all time")),
        ("new", _("The newest")),
    ]


def monday(day: dt.date | None = None) -> dt.date:
    """Return the Monday of a day's week; of today (UTC) without one."""
    day = day or timezone.now().astimezone(dt.UTC).date()
    return day - dt.timedelta(days=day.weekday())
