"""The order of a page's neighbours in the database: what has not changed is not written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Case, F, When

from smo_kit.best.bulk import delete, upsert
from smo_kit.best.models import Neighbour, Text
from smo_kit.best.order.candidates import Row
from smo_kit.core.chunks import in_chunks

_COLUMNS: Final = ("place", "reason", "detail", "worth")
MOST: Final = 30_000
"""What the column for the worth of a try holds."""


class Placed(NamedTuple):
    """A page that has a place beside another."""

    other: int
    reason: str
    detail: str = ""
    worth: int = 0


def write_places(stored: Mapping[int, Mapping[int, Row]], placed: Mapping[int, Sequence[Placed]]) -> set[int]:
    """Write the order of each card's neighbours; return the cards that had none until now.

    What has no place goes, unless its text is alike: that the index keeps.
    """
    changed: list[tuple[Any, ...]] = []
    gone: list[int] = []
    met: set[int] = set()
    for card, order in placed.items():
        rows = stored[card]
        if order and all(row.place is None for row in rows.values()):
            met.add(card)
        wanted = {one.other: (place, one.reason, one.detail, min(one.worth, MOST)) for place, one in enumerate(order)}
        for other in rows.keys() | wanted.keys():
            row, its_place = rows.get(other, _NEW), wanted.get(other, _NOWHERE)
            if other not in wanted and not row.similarity:
                gone.append(row.pk)
            elif row[2:] != its_place:
                changed.append((card, other, row.similarity, *its_place))
    if changed:
        _write(sorted(changed))
    for some in in_chunks(gone):
        delete(Neighbour.objects.filter(pk__in=some))
    return met


def note_ranked(cards: Collection[int], began: dt.datetime) -> None:
    """Note that it is done, unless there was news meanwhile."""
    later = Case(When(unranked__gt=began, then=F("unranked")), default=None)
    Text.objects.filter(card__in=cards).update(ranked=began, unranked=later)


_NOWHERE: Final = (None, "", "", 0)
_NEW: Final = Row(0, 0, *_NOWHERE)


def _write(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows that are there and new ones alike: each is there once, whoever else writes."""
    identity = ("card", "other")
    upsert(Neighbour, (*identity, "similarity", *_COLUMNS), rows, identity=identity, renewed=_COLUMNS)
