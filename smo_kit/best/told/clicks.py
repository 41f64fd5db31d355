"""How often offers are followed, and how far that can be trusted where little was shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import sqrt
from typing import Final

from django.db.models import Sum

from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.core.settings import site_id

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
    """Return (block, place from 0, rate) of the last weeks, this one included, in this order: one query."""
    since = monday() - dt.timedelta(weeks=weeks - 1)
    rows = Offer.objects.filter(site_id=site_id(), week__gte=since).order_by("block", "position")
    sums = rows.values_list("block", "position").annotate(Sum("shown"), Sum("clicked"))
    return [(block, position, ClickRate(shown, clicked)) for block, position, shown, clicked in sums]
