"""Which texts are like a text: the postings find them, all their terms judge them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from django.db import connections, router

from smo_kit.best.bulk import column_of
from smo_kit.best.index.bag_rows import bag_in
from smo_kit.best.index.postings import Weighed
from smo_kit.best.models import SCALE, Posting, Text
from smo_kit.best.texts.words import Bag

REACHED: Final = 100
"""Texts that a question finds at most: of the first ``JUDGED`` a page has its neighbours, to all it may be one."""
FLOOR: Final = 100
"""In parts of ``SCALE``: texts that are less alike have a word in common by chance."""
LOOKED_AT: Final = 120_000
"""Postings that a question goes through at most (some 0.2 s): the commonest terms are left out."""

_SUMS: Final = """
SELECT there.{card}, SUM(there.{weight} * mine.{weight}) AS product
FROM {table} mine JOIN {table} there ON there.{term} = mine.{term}
WHERE mine.{card} = %s AND mine.{term} IN ({terms}) AND there.{card} <> %s
GROUP BY there.{card} ORDER BY product DESC, there.{card} LIMIT %s
"""


def alike_to(card: int, language: str, text: Weighed, frequencies: dict[int, int]) -> dict[int, int]:
    """Return how alike (in parts of ``SCALE``) others in the card's language are to it, in the order they were found.

    The postings of the text must be in the database; ``frequencies`` say in how many texts its terms stand.
    """
    found = _sums(card, _chosen(text.strongest, frequencies))
    rows = Text.objects.filter(pk__in=found, language=language).values_list("pk", "bag", "length")
    judged = {pk: _likeness(text, bag_in(packed), length) for pk, packed, length in rows}
    return {other: judged[other] for other in found if judged.get(other, 0) >= FLOOR}


def _likeness(text: Weighed, bag: Bag | None, length: float) -> int:
    """Judge one by all terms; a shared term is as rare for the one as for the other."""
    if bag is None or not length:
        return 0
    _, mine, theirs = np.intersect1d(text.bag.terms, bag.terms, assume_unique=True, return_indices=True)
    products = text.all.weights[mine] * text.rarity[mine] * bag.counts[theirs]
    return min(SCALE, int(SCALE * float(products.sum()) / length))


def _chosen(terms: dict[int, int], frequencies: dict[int, int]) -> list[int]:
    """Return the rarest of the terms, as many as may be gone through."""
    chosen: list[int] = []
    room = LOOKED_AT
    for term in sorted(terms, key=lambda one: (frequencies.get(one, 0), one)):
        room -= frequencies.get(term, 0)
        if room < 0 and chosen:
            break
        chosen.append(term)
    return chosen


def _sums(card: int, terms: Collection[int]) -> dict[int, int]:
    if not terms:
        return {}
    connection = connections[router.db_for_write(Posting)]
    quote = connection.ops.quote_name
    columns = {one: quote(column_of(Posting, one)) for one in ("card", "term", "weight")}
    places = ", ".join(["%s"] * len(terms))
    sql = _SUMS.format(table=quote(Posting._meta.db_table), terms=places, **columns)
    with connection.cursor() as cursor:
        cursor.execute(sql, [card, *terms, card, REACHED])
        rows: Sequence[Any] = cursor.fetchall()
    return {other: int(product) for other, product in rows}
