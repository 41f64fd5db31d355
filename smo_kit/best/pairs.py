"""The neighbours of many texts at once, found in memory: some 40 MB for 100,000 texts, besides what reading takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.alike import FLOOR
from smo_kit.best.models import Posting, Text
from smo_kit.best.neighbours import KEPT_CANDIDATES
from smo_kit.best.postings import SCALE
from smo_kit.core.chunks import in_chunks

READ: Final = 50_000
"""Rows that are read together."""


class Pairs:
    """The postings of the texts of one language, sorted both ways."""

    def __init__(self, cards: NDArray[np.int64], terms: NDArray[np.int32], weights: NDArray[np.int32]) -> None:
        self.cards, rows = np.unique(cards, return_inverse=True)
        names, numbers = np.unique(terms, return_inverse=True)
        by_card = np.lexsort((numbers, rows))
        self._terms, self._weights = numbers[by_card].astype(np.int32), weights[by_card]
        self._starts = np.searchsorted(rows[by_card], np.arange(len(self.cards) + 1)).tolist()
        by_term = np.lexsort((rows, numbers))
        self._rows, self._their_weights = rows[by_term].astype(np.int32), weights[by_term]
        self._term_starts = np.searchsorted(numbers[by_term], np.arange(len(names) + 1)).tolist()
        self._products = np.zeros(len(self.cards), dtype=np.int32)

    def of(self, card: int) -> dict[int, int]:
        """Return the neighbours of a card, the most alike first, as ``alike.alike_to`` would."""
        row = int(np.searchsorted(self.cards, card))
        if row >= len(self.cards) or self.cards[row] != card:
            return {}
        products = self._products
        products[:] = 0
        for place in range(self._starts[row], self._starts[row + 1]):
            term = self._terms[place]
            start, end = self._term_starts[term], self._term_starts[term + 1]
            products[self._rows[start:end]] += self._their_weights[start:end] * self._weights[place]
        products[row] = 0
        found = np.flatnonzero(products >= FLOOR * SCALE)
        if len(found) > KEPT_CANDIDATES:
            border = np.partition(products[found], -KEPT_CANDIDATES)[-KEPT_CANDIDATES]
            found = found[products[found] >= border]
        best = found[np.lexsort((found, -products[found]))[:KEPT_CANDIDATES]]
        return dict(zip(self.cards[best].tolist(), (products[best] // SCALE).tolist(), strict=True))


def all_pairs() -> dict[str, Pairs]:
    """Return the postings of all texts by the cards' language."""
    postings = _read_postings()
    pairs: dict[str, Pairs] = {}
    for language in Text.objects.order_by().values_list("language", flat=True).distinct():
        cards = np.fromiter(Text.objects.filter(language=language).values_list("pk", flat=True), dtype=np.int64)
        mine = postings[np.isin(postings["card"], cards)]
        pairs[language] = Pairs(mine["card"], mine["term"], mine["weight"])
    return pairs


def _read_postings() -> NDArray[np.void]:
    kind = np.dtype([("card", np.int64), ("term", np.int32), ("weight", np.int32)])
    rows: Iterator[tuple[int, int, int]] = Posting.objects.values_list("card", "term", "weight").iterator(READ)
    parts = [np.array(chunk, dtype=kind) for chunk in in_chunks(rows, READ)]
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
