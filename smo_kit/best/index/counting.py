"""The frequencies of all terms, counted from the texts' bags and held in memory while texts are weighed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.bulk import delete, insert
from smo_kit.best.index.bag_rows import bag_in
from smo_kit.best.index.frequencies import signed
from smo_kit.best.models import Frequency, Text
from smo_kit.best.texts.words import Bag

TEXTS: Final = 2_000
"""Texts that are read together: some 3 MB."""
WRITTEN: Final = 20_000
"""Frequencies that are written together."""

Counted = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Terms in rising order, with their numbers."""


def bags_after(card: int) -> list[tuple[int, Bag]]:
    """Return cards and bags of the next texts that were read."""
    rows = Text.objects.filter(pk__gt=card).exclude(bag=b"").order_by("pk").values_list("pk", "bag")[:TEXTS]
    return [(pk, bag) for pk, packed in rows if (bag := bag_in(packed)) is not None]


def count() -> Iterator[dict[str, Counted]]:
    """Count the terms of all texts; yield what is counted so far, the whole at last."""
    counted: dict[str, Counted] = {}
    after = 0
    while bags := bags_after(after):
        terms: dict[str, list[NDArray[np.int32]]] = defaultdict(list)
        for _, bag in bags:
            terms[bag.language] += [signed(bag.terms), np.array([Frequency.EVERY], dtype=np.int32)]
        for language, parts in terms.items():
            new = np.unique(np.concatenate(parts), return_counts=True)
            counted[language] = _sum(counted.get(language), new)
        after = bags[-1][0]
        yield counted
    yield counted


def _sum(one: Counted | None, other: tuple[NDArray[np.int32], NDArray[np.intp]]) -> Counted:
    if one is None:
        return other[0], other[1].astype(np.int32)
    terms, places = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    numbers = np.bincount(places, weights=np.concatenate([one[1], other[1]]))
    return terms, numbers.astype(np.int32)


def write(language: str, counted: Counted, start: int) -> None:
    """Put the ``WRITTEN`` frequencies from place ``start`` on in place of those there are in their range."""
    terms, numbers = (part[start : start + WRITTEN].tolist() for part in counted)
    rows = Frequency.objects.filter(language=language)
    if start:
        rows = rows.filter(term__gt=int(counted[0][start - 1]))
    if start + WRITTEN < len(counted[0]):
        rows = rows.filter(term__lte=terms[-1])
    delete(rows)
    insert(Frequency, ("language", "term", "n"), zip([language] * len(terms), terms, numbers, strict=True))


class Frequencies:
    """All frequencies in memory: some 8 bytes a term."""

    def __init__(self) -> None:
        self._counted: dict[str, Counted] = {}
        kind = np.dtype([("term", np.int32), ("n", np.int32)])
        for language in Frequency.objects.order_by().values_list("language", flat=True).distinct():
            rows = Frequency.objects.filter(language=language).order_by("term").values_list("term", "n")
            found = np.fromiter(rows.iterator(WRITTEN), dtype=kind)
            self._counted[language] = found["term"].copy(), found["n"].copy()

    def of(self, bag: Bag) -> tuple[int, NDArray[np.int32]]:
        """Return what ``frequencies.frequencies_of`` would ask the database for."""
        wanted = np.append(signed(bag.terms), np.int32(Frequency.EVERY))
        if bag.language not in self._counted:
            return 0, np.zeros(len(wanted) - 1, dtype=np.int32)
        terms, numbers = self._counted[bag.language]
        places = np.minimum(np.searchsorted(terms, wanted), len(terms) - 1)
        found = np.where(terms[places] == wanted, numbers[places], 0)
        return int(found[-1]), found[:-1]
