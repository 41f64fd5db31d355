"""The neighbours of many texts at once, found in memory: some 400 MB for 100,000 texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.index.alike import FLOOR
from smo_kit.best.index.counting import Frequencies, bags_after
from smo_kit.best.index.neighbours import best_of
from smo_kit.best.index.postings import SCALE, Weighed, weigh
from smo_kit.best.models import Text
from smo_kit.best.similarity import JUDGED
from smo_kit.best.texts.weighing import Vector, likenesses


class Pairs:
    """The weighed texts of one language."""

    def __init__(self) -> None:
        self._cards: list[int] = []
        self._strongest: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        self._all: list[Vector] = []

    def add(self, card: int, text: Weighed) -> None:
        """Let a text be found."""
        self._cards.append(card)
        terms = np.fromiter(text.strongest, dtype=np.int32, count=len(text.strongest))
        weights = np.fromiter(text.strongest.values(), dtype=np.int32, count=len(text.strongest))
        self._strongest.append((terms, weights))
        self._all.append(text.all)

    def close(self) -> None:
        """Sort all that was added; nothing can be added any more."""
        self._rows = {card: row for row, card in enumerate(self._cards)}
        terms = _joined([terms for terms, _ in self._strongest])
        weights = _joined([weights for _, weights in self._strongest])
        rows = np.repeat(np.arange(len(self._cards), dtype=np.int32), [len(terms) for terms, _ in self._strongest])
        order = np.lexsort((rows, terms))
        self._there, self._their_weights = rows[order], weights[order]
        names, starts = np.unique(terms[order], return_index=True)
        ends = np.append(starts, len(terms))[1:]
        self._runs = dict(zip(names.tolist(), zip(starts.tolist(), ends.tolist(), strict=True), strict=True))
        self._products = np.zeros(len(self._cards), dtype=np.int32)

    def of(self, card: int) -> dict[int, int]:
        """Return the neighbours of a card, the most alike first, as a question to the database would."""
        row = self._rows.get(card)
        if row is None:
            return {}
        found = self._found(row).tolist()
        scores = likenesses(self._all[row], [self._all[other] for other in found])
        judged = ((self._cards[other], int(SCALE * score)) for other, score in zip(found, scores, strict=True))
        return best_of(one for one in judged if one[1] >= FLOOR)

    def _found(self, row: int) -> NDArray[np.intp]:
        products = self._products
        products[:] = 0
        terms, weights = self._strongest[row]
        for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
            start, end = self._runs[term]
            products[self._there[start:end]] += self._their_weights[start:end] * np.int32(weight)
        products[row] = 0
        found = np.flatnonzero(products > 0)  # of truths it takes half as long as of numbers
        if len(found) > JUDGED:
            border = np.partition(products[found], -JUDGED)[-JUDGED]
            found = found[products[found] >= border]
        order: NDArray[np.intp] = found[np.lexsort((found, -products[found]))[:JUDGED]]
        return order


def all_pairs() -> Iterator[dict[str, Pairs]]:
    """Weigh all texts, by the cards' language; yield now and then while it lasts, and at last the whole."""
    pairs: dict[str, Pairs] = defaultdict(Pairs)
    known = Frequencies()
    after = 0
    while bags := bags_after(after):
        after = bags[-1][0]
        languages = dict(Text.objects.filter(pk__in=[card for card, _ in bags]).values_list("pk", "language"))
        for card, bag in bags:
            if card in languages:
                pairs[languages[card]].add(card, weigh(bag, *known.of(bag)))
        yield pairs
    for one in pairs.values():
        one.close()
    yield pairs


def _joined(parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, np.int32), *parts])
