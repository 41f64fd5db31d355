"""Counts of what readers did, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from demo_site.articles.filling.in_database import OF_PAGE, Fill, day
from smo_kit.best.kinds import READ, SECONDS
from smo_kit.engagement.kinds import READER, SHARED, VIEWED
from smo_kit.engagement.models import Count

SPREAD: Final = 5
"""Days between two that a page was looked at."""
ROWS: Final = (
    f"('{VIEWED.id}', '', '')",
    f"('{VIEWED.id}', '', '{READER}')",
    f"('{READ.id}', '', '{SECONDS}')",
    f"('{SHARED.id}', 'telegram', '{SHARED.facet}')",
)
"""What is counted of a page on a day."""


def fill_engagement(wanted: int) -> Iterator[int]:
    """Count what was done on the pages made here until there are so many rows; yield how many there are."""
    names = "SELECT column1 AS kind, column2 AS network, column3 AS facet"
    rows = Fill(
        Count,
        {
            **OF_PAGE,
            "kind": "w.kind",
            "network": "w.network",
            "facet": "w.facet",
            "day": day(f"(d * {SPREAD} + a.id %% {SPREAD})"),
            "n": "1 + (a.id * 7 + d * 13) %% 97",
        },
        joins=f"CROSS JOIN ({names} FROM (VALUES {', '.join(ROWS)}) v) w",
        times=len(ROWS),
    )
    yield from rows.run(wanted)
