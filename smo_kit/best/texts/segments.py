"""Some thousand weighed pages whose strongest terms lead to them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.texts.weighing import Vector, Weighed
from smo_kit.best.texts.words import Bag


class Page(NamedTuple):
    """A page as the index keeps it."""

    id: Hashable
    order: int
    """Of two pages that are as alike, the one that came first goes first."""
    bag: Bag
    weighed: Weighed


class Found(NamedTuple):
    """A page that may be like the one asked for; sorts best first."""

    unlike: float
    order: int
    page: Page


class Segment:
    """Pages that are sorted by term once and only read then; a page can be struck out."""

    def __init__(self, pages: Sequence[Page], documents: int) -> None:
        """Sort the pages, the oldest of which was weighed when the index had so many documents."""
        self.pages = pages
        self.documents = documents
        vectors = [page.weighed.strongest for page in pages]
        terms = np.concatenate([np.empty(0, np.uint32), *(vector.terms for vector in vectors)])
        weights = np.concatenate([np.empty(0, np.float32), *(vector.weights for vector in vectors)])
        rows = np.repeat(np.arange(len(pages), dtype=np.intp), [len(vector.terms) for vector in vectors])
        order = np.argsort(terms)
        self._terms, self._weights, self._rows = terms[order], weights[order], rows[order]
        self._orders = np.array([page.order for page in pages], dtype=np.int64)
        self._there = np.ones(len(pages), dtype=bool)

    def strike(self, row: int) -> None:
        """Let a page be found no more."""
        self._there[row] = False

    def living(self) -> list[Page]:
        """Return the pages that were not struck out."""
        return [self.pages[row] for row in np.flatnonzero(self._there).tolist()]

    def room(self) -> int:
        """Return how many pages were not struck out."""
        return int(np.count_nonzero(self._there))

    def nearest(self, vector: Vector, limit: int, least: float) -> list[Found]:
        """Return at most ``limit`` pages, those most like the vector, and at least so much like it; in no order."""
        scores = self._scores(vector)
        rows = np.flatnonzero(scores >= least)
        if len(rows) > limit:
            border = np.partition(scores[rows], len(rows) - limit)[len(rows) - limit]
            rows = rows[scores[rows] >= border]
            rows = rows[np.lexsort((self._orders[rows], -scores[rows]))[:limit]]
        return [Found(-float(scores[row]), int(self._orders[row]), self.pages[row]) for row in rows.tolist()]

    def _scores(self, vector: Vector) -> NDArray[np.float64]:
        starts = np.searchsorted(self._terms, vector.terms, "left")
        counts = np.searchsorted(self._terms, vector.terms, "right") - starts
        # The places of all postings of all terms: runs of rising numbers, one run for each term.
        places = np.arange(int(counts.sum())) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        products = self._weights[places] * np.repeat(vector.weights, counts)
        scores = np.bincount(self._rows[places], products, minlength=len(self.pages))
        return (scores * self._there).astype(np.float64, copy=False)
