"""Pages that are related to a page, by their words: an index in memory that needs no database and no settings.

index = RelatedIndex.build([Document("a", "Baking bread", "Flour, water …", ("kitchen",)), …])
index.related("a", 5)  # [("b", 0.42), …]
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Final

from .documents import Document
from .segments import Page, Segment
from .weighing import Vector, vector_of
from .words import Bag, bag_of

__all__ = ["Document", "RelatedIndex", "UnknownDocument"]

FULL: Final = 2048
"""Pages of a segment: no call sorts or weighs more of them at once."""
STALE: Final = 2
"""A segment is weighed anew when the index has become so many times as large."""


class UnknownDocument(KeyError):
    """The index has no such document."""

    def __str__(self) -> str:
        return f"No document {self.args[0]!r} is in this index: add() it first, then ask what is related to it."


class RelatedIndex:
    """Documents and what is related to them. Not for several threads at once."""

    def __init__(self) -> None:
        self._frequencies: Counter[int] = Counter()
        self._documents: Counter[str] = Counter()
        self._segments: list[Segment] = [Segment([])]
        self._weighed: list[int] = [0]
        self._places: dict[Hashable, tuple[Segment, int]] = {}
        self._came = 0

    @classmethod
    def build(cls, documents: Iterable[Document]) -> RelatedIndex:
        """Return an index of the documents; of two with one id, the last."""
        index = cls()
        bags: dict[Hashable, Bag] = {}
        for document in documents:
            bags.pop(document.id, None)
            bags[document.id] = _lean(bag_of(document))
        for bag in bags.values():
            index._learn(bag)
        pages = [Page(id, order, bag, index._weigh(bag)) for order, (id, bag) in enumerate(bags.items())]
        index._came = len(pages)
        index._segments, index._weighed = [], []
        for start in range(0, len(pages) + 1, FULL):
            index._put(Segment(pages[start : start + FULL]))
        return index

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, id: Hashable) -> bool:
        return id in self._places

    def related(self, id: Hashable, limit: int = 5) -> list[tuple[Hashable, float]]:
        """Return at most ``limit`` other documents of the same language and how alike they are (0 to 1), best first.

        Those without a word in common are left out. Raises ``UnknownDocument`` for an id that the index hasn't.
        """
        segment, row = self._place(id)
        if limit < 1:
            return []
        vector = segment.pages[row].vector
        found = [one for each in self._segments for one in each.nearest(vector, limit + 1) if one[2].id != id]
        best = heapq.nsmallest(limit, found, key=lambda one: (-one[0], one[1]))
        return [(page.id, min(1.0, score)) for score, _, page in best]

    def add(self, document: Document) -> None:
        """Let the document be found from now on; it takes the place of one with its id."""
        bag = _lean(bag_of(document))
        if document.id in self._places:
            self.remove(document.id)
        self._learn(bag)
        page = Page(document.id, self._came, bag, self._weigh(bag))
        self._came += 1
        opened = self._segments.pop()
        weighed = self._weighed.pop()
        if len(opened.pages) < FULL:
            self._put(Segment([*opened.living, page]), weighed or None)
        else:
            self._put(opened, weighed)
            self._put(Segment([page]))
        self._tend()

    def remove(self, id: Hashable) -> None:
        """Let the document be found no more. Raises ``UnknownDocument`` for an id that the index hasn't."""
        segment, row = self._place(id)
        bag = segment.pages[row].bag
        segment.strike(row)
        del self._places[id]
        self._documents[bag.language] -= 1
        self._frequencies.subtract(bag.terms.tolist())
        self._tend()

    def _place(self, id: Hashable) -> tuple[Segment, int]:
        try:
            return self._places[id]
        except KeyError:
            raise UnknownDocument(id) from None

    def _learn(self, bag: Bag) -> None:
        self._documents[bag.language] += 1
        self._frequencies.update(bag.terms.tolist())

    def _weigh(self, bag: Bag) -> Vector:
        frequencies = self._frequencies
        return vector_of(bag, self._documents[bag.language], [frequencies[term] for term in bag.terms.tolist()])

    def _put(self, segment: Segment, weighed: int | None = None) -> None:
        self._segments.append(segment)
        self._weighed.append(weighed or self._documents.total())
        self._places.update({page.id: (segment, row) for row, page in enumerate(segment.pages)})

    def _tend(self) -> None:
        """Do a small piece of what has to be done now and then, so that no call has to do all."""


def _lean(bag: Bag) -> Bag:
    return Bag(bag.language, bag.terms, bag.counts)
