"""Which texts are like a text: one question to the postings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import connections, router

from smo_kit.best.bulk import column_of
from smo_kit.best.models import Posting, Text
from smo_kit.best.postings import SCALE, Weighed

REACHED: Final = 300
"""Texts that a question finds at most: the page's own neighbours, and those who may have it for one of theirs."""
FLOOR: Final = 100
"""In parts of ``SCALE``: texts that are less alike have a word in common by chance."""
LOOKED_AT: Final = 120_000
"""Postings that a question goes through at most (some 0.2 s). It leaves out the lightest terms; what is found by the
others is compared by all."""

_SUMS: Final = """
SELECT there.{card}, SUM(there.{weight} * mine.{weight}) AS product
FROM {table} mine JOIN {table} there ON there.{term} = mine.{term}
WHERE mine.{card} = %s AND {which} AND there.{card} <> %s
GROUP BY there.{card} ORDER BY product DESC, there.{card} LIMIT %s
"""


def alike_to(card: int, language: str, terms: Weighed, frequencies: dict[int, int]) -> dict[int, int]:
    """Return how alike (in parts of ``SCALE``) others in the card's language are to it, the most alike first.

    ``terms`` are the card's postings as they are in the database; ``frequencies`` say in how many texts they stand.
    """
    chosen = _chosen(terms, frequencies)
    if not chosen:
        return {}
    found = _sums(card, "mine", "term", chosen)
    if len(chosen) < len(terms):
        found = _sums(card, "there", "card", list(found))
    alike = {other: product // SCALE for other, product in found.items() if product // SCALE >= FLOOR}
    same = set(Text.objects.filter(pk__in=alike, language=language).values_list("pk", flat=True))
    return {other: similarity for other, similarity in alike.items() if other in same}


def _chosen(terms: Weighed, frequencies: dict[int, int]) -> list[int]:
    chosen: list[int] = []
    room = LOOKED_AT
    for term, _ in sorted(terms, key=lambda one: (-one[1], one[0])):
        room -= frequencies.get(term, 0)
        if room < 0 and chosen:
            break
        chosen.append(term)
    return chosen


def _sums(card: int, side: str, name: str, values: Collection[int]) -> dict[int, int]:
    if not values:
        return {}
    connection = connections[router.db_for_write(Posting)]
    quote = connection.ops.quote_name
    columns = {one: quote(column_of(Posting, one)) for one in ("card", "term", "weight")}
    which = f"{side}.{columns[name]} IN ({', '.join(['%s'] * len(values))})"
    sql = _SUMS.format(table=quote(Posting._meta.db_table), which=which, **columns)
    with connection.cursor() as cursor:
        cursor.execute(sql, [card, *values, card, REACHED])
        rows: Sequence[Any] = cursor.fetchall()
    return {other: int(product) for other, product in rows}
