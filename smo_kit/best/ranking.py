"""In which order pages are offered beside a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from smo_kit.best.models import Neighbour, Text
from smo_kit.best.suggestions import TEXT

CHUNK: Final = 200
"""Pages whose neighbours are put in order together, in a constant number of queries."""
KEPT: Final = 16
"""Neighbours of a page that have a place: more than a block shows, so that some can be tried."""


def rank(cards: Collection[int]) -> None:
    """Put the neighbours of these cards (their ids, at most ``CHUNK``) in order, and note that it is done."""
    beside: dict[int, list[Neighbour]] = defaultdict(list)
    for row in Neighbour.objects.filter(card__in=cards).order_by("-similarity", "other"):
        row.place, row.reason = len(beside[row.card_id]), TEXT
        beside[row.card_id].append(row)
    Neighbour.objects.bulk_update([row for rows in beside.values() for row in rows], ["place", "reason"])
    Text.objects.filter(card__in=cards).update(unranked=None)
