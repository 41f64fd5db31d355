"""The order of a page's neighbours in the database: what has not changed is not written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from django.db import connections, router
from django.db.models import Case, F, When

from smo_kit.best.models import Neighbour, Text

_COLUMNS: Final = ("place", "reason", "detail", "worth")
MOST: Final = 30_000
"""What the column for the worth of a try holds."""


class Placed(NamedTuple):
    """A page that has a place beside another."""

    other: int
    reason: str
    detail: str = ""
    worth: int = 0


def write_places(stored: Mapping[int, Mapping[int, Neighbour]], placed: Mapping[int, Sequence[Placed]]) -> set[int]:
    """Write the order of each card's neighbours; return the cards that had none until now.

    What has no place goes, unless its text is alike: that the index keeps.
    """
    changed: list[Neighbour] = []
    gone: list[int] = []
    met: set[int] = set()
    for card, order in placed.items():
        rows = stored[card]
        if order and all(row.place is None for row in rows.values()):
            met.add(card)
        wanted = {one.other: (place, one.reason, one.detail, min(one.worth, MOST)) for place, one in enumerate(order)}
        for other in rows.keys() | wanted.keys():
            row = rows.get(other) or Neighbour(card_id=card, other_id=other)
            if other not in wanted and not row.similarity:
                gone.append(row.pk)
            elif row.pk is None or _columns(row) != wanted.get(other, _NOWHERE):
                row.place, row.reason, row.detail, row.worth = wanted.get(other, _NOWHERE)
                changed.append(row)
    _upsert(sorted(changed, key=lambda row: (row.card_id, row.other_id)))
    if gone:
        Neighbour.objects.filter(pk__in=gone).delete()
    return met


def note_ranked(cards: Collection[int], began: dt.datetime) -> None:
    """Note that it is done, unless there was news meanwhile."""
    later = Case(When(unranked__gt=began, then=F("unranked")), default=None)
    Text.objects.filter(card__in=cards).update(ranked=began, unranked=later)


_NOWHERE: Final = (None, "", "", 0)


def _columns(row: Neighbour) -> tuple[int | None, str, str, int]:
    return row.place, row.reason, row.detail, row.worth


def _upsert(rows: Sequence[Neighbour]) -> None:
    """Write rows that are there and new ones by one statement: each is there once, whoever else writes."""
    targets = connections[router.db_for_write(Neighbour)].features.supports_update_conflicts_with_target
    new = [
        Neighbour(
            card_id=row.card_id,
            other_id=row.other_id,
            similarity=row.similarity,
            **dict(zip(_COLUMNS, _columns(row), strict=True)),
        )
        for row in rows
    ]
    Neighbour.objects.bulk_create(
        new,
        update_conflicts=True,
        update_fields=_COLUMNS,
        unique_fields=["card", "other"] if targets else None,
    )
