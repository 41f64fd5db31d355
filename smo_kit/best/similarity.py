"""Pages that are related to a page, by their words: an index in memory that needs no database and no settings.

index = RelatedIndex.build([Document("a", "Baking bread", "Flour, water …", ("kitchen",)), …])
index.related("a", 5)  # [("b", 0.42), …]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from operator import index as index_of
from typing import Final

from smo_kit.best.texts.documents import Document
from smo_kit.best.texts.segments import Found, Page, Segment
from smo_kit.best.texts.weighing import Vector, Weighed, likenesses, weighed
from smo_kit.best.texts.words import Bag, bag_of

__all__ = ["Document", "RelatedIndex", "UnknownDocument"]

FRESH: Final = 512
"""Pages that came last and are sorted anew with each that comes: some milliseconds."""
FULL: Final = 8192
"""Pages of a segment: no call sorts more of them, however many the index has."""
PIECE: Final = 256
"""Pages that are weighed anew in one call."""
STALE: Final = 2
"""Pages are weighed anew when the index has so many times the documents it had then: rarity changes slowly."""
JUDGED: Final = 50
"""Pages that the strongest terms find and all terms judge: 200 give the same first five."""
LEAST: Final = 1e-9
"""What is less alike has nothing in common."""


class UnknownDocument(KeyError):
    """The index has no such document."""

    def __str__(self) -> str:
        return f"No document {self.args[0]!r} is in this index: add() it first, then ask what is related to it."


class RelatedIndex:
    """Documents and what is related to them. For one thread at a time."""

    def __init__(self) -> None:
        self._frequencies: Counter[int] = Counter()
        self._documents: Counter[str] = Counter()
        self._segments: list[Segment] = []
        self._fresh = Segment([], 0)
        self._places: dict[Hashable, tuple[Segment, int]] = {}
        self._came = 0
        self._renewal: Iterator[None] = iter(())

    @classmethod
    def build(cls, documents: Iterable[Document]) -> RelatedIndex:
        """Return an index of the documents; of several with one id, the last. Raises TypeError for anything else."""
        index = cls()
        bags = dict(map(_read, documents))
        for bag in bags.values():
            index._learn(bag)
        pages = [index._page(id, bag) for id, bag in bags.items()]
        for start in range(0, len(pages), FULL):
            index._seal(Segment(pages[start : start + FULL], len(pages)))
        return index

    def __len__(self) -> int:
        return len(self._places)

    def related(self, id: Hashable, limit: int = 5) -> list[tuple[Hashable, float]]:
        """Return at most ``limit`` other documents of the same language and how alike they are (0 to 1), best first.

        Those without a word in common are left out. Raises ``UnknownDocument`` for an id that the index hasn't,
        TypeError for a limit that is no whole number.
        """
        limit = index_of(limit)
        segment, row = self._place(id)
        page = segment.pages[row]
        pages = [one.page for one in self._found(page.weighed.strongest, max(JUDGED, 2 * limit) + 1)]
        pages = [other for other in pages if other.id != id]
        scores = likenesses(page.weighed.all, [other.weighed.all for other in pages])
        judged = sorted(zip(pages, scores, strict=True), key=lambda pair: (-pair[1], pair[0].order))
        return [(other.id, score) for other, score in judged[: max(0, limit)]]

    def add(self, document: Document) -> None:
        """Let the document be found from now on; it takes the place of one with its id. TypeError for anything else."""
        id, bag = _read(document)
        if id in self._places:
            self.remove(id)
        self._learn(bag)
        pages = self._fresh.living()
        if len(pages) >= FRESH:
            self._merge(pages)
            pages = []
        many, then = len(self), self._fresh.documents if pages else 0
        if then * STALE <= many:
            pages, then = self._renewed(pages), many + 1
        self._fresh = self._put(Segment([*pages, self._page(id, bag)], then))
        self._renew()

    def remove(self, id: Hashable) -> None:
        """Let the document be found no more. Raises ``UnknownDocument`` for an id that the index hasn't."""
        segment, row = self._place(id)
        bag = segment.pages[row].bag
        segment.strike(row)
        del self._places[id]
        self._documents[bag.language] -= 1
        for term in bag.terms.tolist():
            self._frequencies[term] -= 1
            if not self._frequencies[term]:
                del self._frequencies[term]

    def _place(self, id: Hashable) -> tuple[Segment, int]:
        try:
            return self._places[id]
        except KeyError:
            raise UnknownDocument(id) from None

    def _found(self, vector: Vector, wanted: int) -> list[Found]:
        found: list[Found] = []
        least = LEAST
        for part in (*self._segments, self._fresh):
            found = sorted(found + part.nearest(vector, wanted, least))[:wanted]
            if len(found) == wanted:
                least = -found[-1].unlike
        return found

    def _learn(self, bag: Bag) -> None:
        self._documents[bag.language] += 1
        self._frequencies.update(bag.terms.tolist())

    def _page(self, id: Hashable, bag: Bag) -> Page:
        self._came += 1
        return Page(id, self._came, bag, self._weigh(bag))

    def _weigh(self, bag: Bag) -> Weighed:
        frequencies = self._frequencies
        return weighed(bag, self._documents[bag.language], [frequencies[term] for term in bag.terms.tolist()])

    def _put(self, segment: Segment) -> Segment:
        self._places.update({page.id: (segment, row) for row, page in enumerate(segment.pages)})
        return segment

    def _seal(self, segment: Segment) -> None:
        self._segments.append(self._put(segment))

    def _merge(self, pages: list[Page]) -> None:
        """Put pages that are no longer fresh into the emptiest segment, or into one of their own."""
        then = self._fresh.documents
        emptiest = min(self._segments, key=Segment.room, default=None)
        if emptiest and emptiest.room() + len(pages) <= FULL:
            self._segments.remove(emptiest)
            pages, then = [*emptiest.living(), *pages], min(then, emptiest.documents)
        self._seal(Segment(pages, then))

    def _renew(self) -> None:
        """Weigh some pages anew if they need it: so that no call ever has to weigh all."""
        if next(self._renewal, self) is self:
            many = len(self)
            stale = next((segment for segment in self._segments if segment.documents * STALE <= many), None)
            self._renewal = self._renewing(stale) if stale else iter(())

    def _renewing(self, segment: Segment) -> Iterator[None]:
        many, pages = len(self), list[Page]()
        for start in range(0, len(segment.pages), PIECE):
            pages += self._renewed(segment.pages[start : start + PIECE])
            yield
        if segment in self._segments:
            self._segments.remove(segment)
            self._seal(Segment([page for page in pages if self._is_at(page, segment)], many))

    def _renewed(self, pages: Iterable[Page]) -> list[Page]:
        return [page._replace(weighed=self._weigh(page.bag)) for page in pages]

    def _is_at(self, page: Page, segment: Segment) -> bool:
        return self._places.get(page.id, (None, 0))[0] is segment


def _read(document: Document) -> tuple[Hashable, Bag]:
    if not isinstance(document, Document):
        raise TypeError(f"{document!r:.60} is no Document: give Document(id, title, text, tags).")
    bag = bag_of(document)
    return document.id, Bag(bag.language, bag.terms, bag.counts)
