"""How many visitors each share brings, and how far that can be trusted where there were few."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

from smo_kit.core.rates import Z

ENOUGH: Final = 20
"""Links from which one may be compared with another."""


@dataclass(frozen=True, slots=True)
class Virality:
    """Visitors for each link, and between which numbers that lies in 95 of 100 cases.

    Visits are counted as a Poisson process is, but few links bring most of them: the interval is as much wider as the
    links differ more than chance would have them (quasi-Poisson, score interval).
    """

    links: int
    visitors: int
    squares: int = 0
    """The sum of the squares of what each link brought."""

    @property
    def mean(self) -> float:
        """Visitors for each link; 0 for no links."""
        return self.visitors / self.links if self.links else 0.0

    @property
    def low(self) -> float:
        """The least that it may be."""
        return max(self._middle - self._half, 0.0)

    @property
    def high(self) -> float:
        """The most that it may be."""
        return self._middle + self._half

    @property
    def is_few(self) -> bool:
        """Whether there are too few links to compare it."""
        return self.links < ENOUGH

    @property
    def _spread(self) -> float:
        """How much more the links differ than chance would have them; 1: no more, or it is not known."""
        if self.links < 2 or not self.visitors:
            return 1.0
        variance = (self.squares - self.visitors**2 / self.links) / (self.links - 1)
        return max(variance / self.mean, 1.0)

    @property
    def _middle(self) -> float:
        return (self.visitors + self._spread * Z**2 / 2) / self.links if self.links else 0.0

    @property
    def _half(self) -> float:
        if not self.links:
            return 0.0
        spread = self._spread
        return Z * sqrt(spread * self.visitors + spread**2 * Z**2 / 4) / self.links
