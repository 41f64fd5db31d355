"""A few thousand weighed pages whose terms lead to them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .weighing import Vector
from .words import Bag


class Page(NamedTuple):
    """A page as the index keeps it."""

    id: Hashable
    order: int
    """Of two pages that are as alike, the one that came first goes first."""
    bag: Bag
    vector: Vector


class Segment:
    """Pages that are sorted by term once and only read then; a page can be struck out."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = list(pages)
        self.struck = 0
        lengths = [len(page.vector.terms) for page in pages]
        terms = np.concatenate([page.vector.terms for page in pages] or [np.empty(0, np.uint32)])
        order = np.argsort(terms, kind="stable")
        self._terms = terms[order]
        self._rows = np.repeat(np.arange(len(pages), dtype=np.int32), lengths)[order]
        self._weights = np.concatenate([page.vector.weights for page in pages] or [np.empty(0, np.float32)])[order]
        self._orders = np.array([page.order for page in pages], dtype=np.int64)
        self._there = np.ones(len(pages), dtype=bool)

    @property
    def living(self) -> list[Page]:
        """The pages that were not struck out."""
        return [page for page, there in zip(self.pages, self._there, strict=True) if there]

    def strike(self, row: int) -> None:
        """Let a page be found no more."""
        self._there[row] = False
        self.struck += 1

    def nearest(self, vector: Vector, limit: int) -> list[tuple[float, int, Page]]:
        """Return (likeness, order, page) of at least the ``limit`` pages that are most alike; in no order."""
        scores = self._scores(vector)
        found = np.flatnonzero((scores > 0) & self._there)
        if len(found) > limit:
            border = np.partition(scores[found], len(found) - limit)[len(found) - limit]
            found = found[scores[found] >= border]
            if len(found) > limit:
                found = found[np.lexsort((self._orders[found], -scores[found]))[:limit]]
        return [(float(scores[row]), int(self._orders[row]), self.pages[row]) for row in found.tolist()]

    def _scores(self, vector: Vector) -> NDArray[np.float32]:
        starts = np.searchsorted(self._terms, vector.terms, "left")
        ends = np.searchsorted(self._terms, vector.terms, "right")
        scores = np.zeros(len(self.pages), dtype=np.float32)
        for start, end, weight in zip(starts.tolist(), ends.tolist(), vector.weights.tolist(), strict=True):
            if end > start:
                scores[self._rows[start:end]] += self._weights[start:end] * np.float32(weight)
        return scores
