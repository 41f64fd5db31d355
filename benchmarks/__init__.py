"""What we claim, measured beside what a site would use instead: ``python -m benchmarks``.

Every module here that has ``run() -> list[Row]`` takes part. What can't run on a machine raises ``Skipped``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    name: str
    value: float | None
    """What was measured; None: it was skipped, and ``note`` says why."""
    unit: str = ""
    peer: float | None = None
    """The same of the peer, measured in the same run."""
    ratio: float | None = None
    """Ours to the peer's."""
    bar: str = ""
    """What was promised, in words: "≤ 1 ms", "≥ 5 × the peer"."""
    holds: bool | None = None
    """Whether the promise is kept; None: nothing was promised."""
    note: str = ""


class Skipped(Exception):
    """A tool or server that this benchmark needs is not there: the message names it."""
