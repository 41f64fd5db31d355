"""What "best first" sorts by."""

from __future__ import annotations

from math import sqrt
from typing import Final

SURE: Final = 1.96
"""Standard deviations: 95 % sure."""


def score_of(likes: int, dislikes: int) -> float:
    """Return the share of likes that is 95 % sure to be reached (lower bound of E. B. Wilson's interval, 1927)."""
    n = likes + dislikes
    if not n:
        return 0.0
    part, z = likes / n, SURE * SURE
    return (part + z / (2 * n) - SURE * sqrt((part * (1 - part) + z / (4 * n)) / n)) / (1 + z / n)
