"""How alike the candidates of one page are to one another, by the weighed terms that the index keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.bulk import ASKED
from smo_kit.best.models import Posting
from smo_kit.core.chunks import in_chunks

Vector = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Terms, and their weights, of length 1."""


class Vectors:
    """The weighed terms of pages, each read once: some 500 bytes a page."""

    def __init__(self) -> None:
        self._by_card: dict[int, Vector | None] = {}

    def read(self, cards: Iterable[int]) -> None:
        """Read those that are not known yet: one query for ``ASKED`` of them."""
        for some in in_chunks(set(cards).difference(self._by_card), ASKED):
            self._by_card |= dict.fromkeys(some)
            rows: Any = Posting.objects.filter(card__in=some).order_by("card_id", "term")
            numbers = chain.from_iterable(rows.values_list("card_id", "term", "weight"))
            table = np.fromiter(numbers, dtype=np.int64).reshape(-1, 3)
            starts = np.flatnonzero(np.diff(table[:, 0], prepend=-1))
            for part in np.split(table, starts[1:]):
                if len(part):
                    self._by_card[int(part[0, 0])] = part[:, 1].astype(np.int32), _unit(part[:, 2])

    def likeness(self, cards: Sequence[int]) -> Likeness:
        """Return how alike each two of some cards are; what has no text is like nothing."""
        known = [(place, vector) for place, card in enumerate(cards) if (vector := self._by_card[card])]
        return Likeness(cards, _products(len(cards), known).tolist())


class Likeness:
    """How alike each two of some cards are, from 0 to 1."""

    def __init__(self, cards: Sequence[int], products: list[list[float]]) -> None:
        self._places = {card: place for place, card in enumerate(cards)}
        self._products = products

    def to(self, card: int, others: Iterable[int]) -> list[float]:
        """Return how alike a card is to each of some others."""
        row, places = self._products[self._places[card]], self._places
        return [row[places[other]] for other in others]


def _products(many: int, known: Sequence[tuple[int, Vector]]) -> NDArray[np.float32]:
    """Multiply each two vectors, by those terms alone that two of them have: the others are most, and say nothing."""
    if not known:
        return np.zeros((many, many), dtype=np.float32)
    terms = np.concatenate([its for _, (its, _) in known])
    weights = np.concatenate([its for _, (_, its) in known])
    lines = np.repeat([place for place, _ in known], [len(its) for _, (its, _) in known])
    _, columns, times = np.unique(terms, return_inverse=True, return_counts=True)
    is_shared = times > 1
    shared = is_shared[columns]
    table = np.zeros((many, int(is_shared.sum())), dtype=np.float32)
    table[lines[shared], (np.cumsum(is_shared) - 1)[columns[shared]]] = weights[shared]
    products: NDArray[np.float32] = table @ table.T
    return products


def _unit(weights: NDArray[np.int64]) -> NDArray[np.float32]:
    length = np.sqrt(np.dot(weights, weights)) or 1.0
    return (weights / length).astype(np.float32)
