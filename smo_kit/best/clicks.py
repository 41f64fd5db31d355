"""How often offers are followed: by the place in a block, by the page where they stood, by the page they lead to.

Each question is one query over the last weeks of this site, the present one included.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from django.db.models import Sum

from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

_Z: Final = 1.96
"""Of a normal distribution 95 % lie within so many deviations."""


@dataclass(frozen=True, slots=True)
class ClickRate:
    """How often something was shown, and followed. ``low`` and ``high`` say how far ``share`` can be trusted."""

    shown: int
    clicked: int

    @property
    def share(self) -> float:
        """Clicks for each showing, 0 to 1; 0 when it was never shown."""
        return min(self.clicked / self.shown, 1) if self.shown else 0.0

    @property
    def low(self) -> float:
        """The least that the true share may be: 95 % of times it lies between ``low`` and ``high`` (Wilson, 1927)."""
        return max(self._middle - self._half, 0.0)

    @property
    def high(self) -> float:
        """The most that the true share may be."""
        return min(self._middle + self._half, 1.0)

    @property
    def _middle(self) -> float:
        n = self.shown
        return (self.share + _Z**2 / (2 * n)) / (1 + _Z**2 / n) if n else 0.5

    @property
    def _half(self) -> float:
        n = self.shown
        spread = sqrt(self.share * (1 - self.share) / n + _Z**2 / (4 * n * n)) if n else 0.5
        return _Z * spread / (1 + _Z**2 / n) if n else 0.5


def by_place(weeks: int) -> list[tuple[str, int, ClickRate]]:
    """Return (block, place from 0, rate), in this order."""
    rows = _sums(weeks, "block", "position").order_by("block", "position")
    return [(block, position, ClickRate(*sums)) for block, position, *sums in rows]


def by_page(weeks: int, *, most: int = 50) -> list[tuple[Key | None, ClickRate]]:
    """Return the pages where offers stood (None: all pages without a subject), those with most clicks first."""
    return _by_subject(weeks, "page", most)


def by_shown(weeks: int, *, most: int = 50) -> list[tuple[Key | None, ClickRate]]:
    """Return the pages that were offered, those that were followed most often first."""
    return _by_subject(weeks, "shown", most)


def _by_subject(weeks: int, which: str, most: int) -> list[tuple[Key | None, ClickRate]]:
    columns = (f"{which}_type_id", f"{which}_pk")
    rows = _sums(weeks, *columns).order_by("-clicks", "-showings", *columns)[:most]
    return [(Key(kind, pk) if kind else None, ClickRate(*sums)) for kind, pk, *sums in rows]


def _sums(weeks: int, *columns: str) -> Any:
    since = monday() - dt.timedelta(weeks=weeks - 1)
    rows = Offer.objects.filter(site_id=site_id(), week__gte=since)
    return rows.values_list(*columns).annotate(showings=Sum("shown"), clicks=Sum("clicked"))
