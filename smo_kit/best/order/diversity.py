"""Different pages beside a page: not five of one series, no text twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heapreplace
from typing import Final

from smo_kit.best.order.candidates import Page
from smo_kit.best.order.likeness import Likeness

COPY: Final = 0.95
"""Two texts that are so alike are one and the same for a reader."""
SERIES_TEXT: Final = 0.7
"""One author's texts that are so alike belong to one series."""
SERIES_TITLE: Final = 0.65
"""One author's titles that share so many of their words belong to one series: two of three."""
SERIES_NUMBER: Final = 0.3
"""Texts that are so alike belong to one series if their titles are one word and a number: "Bulletin 7"."""
SAMENESS: Final = 0.5
"""Which part of its worth a page loses next to one above it that says the same."""

HEADINGS: Final = 100_000
"""Titles whose reading is kept, some 600 bytes each: a page stands beside some dozens of others."""

_NUMBERS: Final = re.compile(r"\b(?:\d+|[ivx]+)\b|[\W_]+")
_BEGINNING: Final = re.compile(r"^(.{3,}?)(?:\s*[:|·]|\s+[-–—])\s")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may stand beside another, and what it is worth there."""

    page: Page
    rank: int
    """Those of a smaller one stand before all others."""
    worth: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A title as far as it tells a series."""

    stem: str
    """Without numbers and signs."""
    words: frozenset[str]
    beginning: str
    """What stands before a colon or a dash."""


@lru_cache(maxsize=HEADINGS)
def heading_of(title: str) -> Heading:
    """Read a title."""
    folded = " ".join(title.casefold().split())
    stem = " ".join(_NUMBERS.sub(" ", folded).split())
    beginning = _BEGINNING.match(folded)
    return Heading(stem, frozenset(stem.split()), beginning[1] if beginning else "")


def of_one_series(one: Page, other: Page, likeness: float) -> bool:
    """Say whether two pages are parts of one thing: titles that differ by a number, or one author's that are alike."""
    title, another = heading_of(one.title), heading_of(other.title)
    is_his = one.author == other.author
    if title.stem and title.stem == another.stem:
        return len(title.words) > 1 or likeness >= SERIES_NUMBER or (is_his and bool(one.author))
    if not is_his:
        return False
    if likeness >= SERIES_TEXT or (title.beginning and title.beginning == another.beginning):
        return True
    shared = len(title.words & another.words)
    return bool(shared) and shared >= SERIES_TITLE * (len(title.words) + len(another.words) - shared)


def diverse(
    candidates: Sequence[Candidate], first: Sequence[Page], likeness: Likeness, *, most: int, same: int, least: int
) -> list[Page]:
    """Return the ``first`` pages and after them the best that differ, at most ``most``.

    Each next one is that of the greatest worth, less what those above it say already (maximal marginal relevance).
    ``same``: so many of one series (0: any number); more at the end only where there are fewer than ``least`` pages.
    """
    chosen = Chosen(list(first), likeness)
    too_many: list[Page] = []
    # What a candidate is worth only falls: it is worked out again for one that would be next, and not for the others.
    queue = [(one.rank, -one.worth, place, 0.0, 0) for place, one in enumerate(candidates)]
    heapify(queue)
    while queue and len(chosen.pages) < most:
        rank, _, place, covered, seen = queue[0]
        page, worth = candidates[place].page, candidates[place].worth
        if seen < len(chosen.pages):
            covered = max(covered, chosen.covers(page, seen))
            heapreplace(queue, (rank, worth * (SAMENESS * covered - 1), place, covered, len(chosen.pages)))
            continue
        heappop(queue)
        if covered < COPY:
            (chosen.pages if chosen.has_room(page, same) else too_many).append(page)
    for page in too_many:
        if len(chosen.pages) < least and chosen.covers(page) < COPY:
            chosen.pages.append(page)
    return chosen.pages[:most]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pages that have a place."""

    pages: list[Page]
    likeness: Likeness

    def covers(self, page: Page, start: int = 0) -> float:
        """Return how much of a page those from place ``start`` on say."""
        return max(self._likeness_of(page, start), default=0.0)

    def has_room(self, page: Page, same: int) -> bool:
        """Say whether less than ``same`` are of one series with it."""
        if not same:
            return True
        pairs = zip(self.pages, self._likeness_of(page), strict=True)
        return sum(of_one_series(page, other, likeness) for other, likeness in pairs) < same

    def _likeness_of(self, page: Page, start: int = 0) -> list[float]:
        return self.likeness.to(page.pk, [other.pk for other in self.pages[start:]])
