"""How often something is done of the times that it could be, and how far that can be trusted where it was seldom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

ENOUGH: Final = 100
"""Times from which a rate is compared with others."""
Z: Final = 1.96
"""Of a normal distribution 95 % lie within so many deviations."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something could be done, and was. ``low`` and ``high`` say how far ``share`` can be trusted."""

    times: int
    done: int

    @property
    def share(self) -> float:
        """What was done of each time, 0 to 1; 0 when it never could be."""
        return min(self.done / self.times, 1) if self.times else 0.0

    @property
    def low(self) -> float:
        """The least that the true share may be: 95 % of times it lies between ``low`` and ``high`` (Wilson, 1927)."""
        return max(self._middle - self._half, 0.0)

    @property
    def high(self) -> float:
        """The most that the true share may be."""
        return min(self._middle + self._half, 1.0)

    @property
    def is_few(self) -> bool:
        """Whether it could be done too seldom to be compared."""
        return self.times < ENOUGH

    @property
    def _middle(self) -> float:
        n = self.times
        return (self.share + Z**2 / (2 * n)) / (1 + Z**2 / n) if n else 0.5

    @property
    def _half(self) -> float:
        n = self.times
        spread = sqrt(self.share * (1 - self.share) / n + Z**2 / (4 * n * n)) if n else 0.5
        return Z * spread / (1 + Z**2 / n) if n else 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A rate as a row of a table shows it."""

    of: Rate
    whole: float = 1.0
    """The rate at which a bar is full."""

    @property
    def percent(self) -> tuple[float, float, float]:
        """The rate, and between which it surely is, in per cent."""
        return 100 * self.of.share, 100 * self.of.low, 100 * self.of.high

    @property
    def points(self) -> tuple[str, str, str]:
        """Length of the bar, begin and end of the interval, of 100, as SVG writes numbers."""
        rate, low, high = (f"{min(100.0, one / self.whole):.1f}" for one in self.percent)
        return rate, low, high


def full(rates: Iterable[Rate]) -> float:
    """Return the rate at which the bars of a table are full: a little above the highest that is sure."""
    return min(1.0, max((one.high for one in rates if not one.is_few), default=1.0) * 1.05)
