"""Different pages beside a page: not five of one series, no text twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.models import Posting
from smo_kit.best.order.candidates import Page

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

Vectors: TypeAlias = Mapping[int, tuple[NDArray[np.int64], NDArray[np.float64]]]
"""By card: its terms, and their weights, of length 1."""

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


@lru_cache(maxsize=4096)
def heading_of(title: str) -> Heading:
    """Read a title."""
    folded = title.casefold()
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
    every = title.words | another.words
    return bool(every) and len(title.words & another.words) >= SERIES_TITLE * len(every)


def vectors_of(cards: Collection[int]) -> Vectors:
    """Return the weighed terms of pages: one query."""
    rows: Any = Posting.objects.filter(card__in=cards).order_by("card_id", "term")
    table = np.array(list(rows.values_list("card_id", "term", "weight")), dtype=np.int64).reshape(-1, 3)
    starts = np.flatnonzero(np.diff(table[:, 0], prepend=-1))
    return {int(part[0, 0]): (part[:, 1], _unit(part[:, 2])) for part in np.split(table, starts[1:]) if len(part)}


def likeness_of(pages: Sequence[Page], vectors: Vectors) -> NDArray[np.float64]:
    """Return how alike each two of the pages are, from 0 to 1; what has no text is like nothing."""
    known = [(place, *vectors[page.pk]) for place, page in enumerate(pages) if page.pk in vectors]
    if not known:
        return np.zeros((len(pages), len(pages)))
    terms, columns = np.unique(np.concatenate([its for _, its, _ in known]), return_inverse=True)
    weights = np.zeros((len(pages), len(terms)))
    lines = np.repeat([place for place, _, _ in known], [len(its) for _, its, _ in known])
    weights[lines, columns] = np.concatenate([its for _, _, its in known])
    alike: NDArray[np.float64] = weights @ weights.T
    return alike


def diverse(
    candidates: Sequence[Candidate], pinned: Sequence[Page], vectors: Vectors, *, most: int, same: int, least: int
) -> list[Page]:
    """Return the pinned pages and after them the best that differ, at most ``most``.

    Each next one is that of the greatest worth, less what those above it say already (maximal marginal relevance).
    ``same``: so many of one series (0: any number); more at the end only where there are fewer than ``least`` pages.
    """
    pages = [*pinned, *(one.page for one in candidates)]
    alike = likeness_of(pages, vectors)
    chosen = list(range(len(pinned)))
    too_many: list[int] = []
    left = dict(enumerate(candidates, len(pinned)))
    covered = alike[:, chosen].max(axis=1, initial=0.0)
    while left and len(chosen) < most:
        best = min(left, key=lambda at: (left[at].rank, left[at].worth * (SAMENESS * covered[at] - 1)))
        del left[best]
        if covered[best] >= COPY:
            continue
        if _has_room(pages, best, chosen, alike, same):
            chosen.append(best)
            covered = np.maximum(covered, alike[:, best])
        else:
            too_many.append(best)
    for at in too_many:
        if len(chosen) < least and alike[at, chosen].max(initial=0.0) < COPY:
            chosen.append(at)
    return [pages[at] for at in chosen[:most]]


def _has_room(pages: Sequence[Page], at: int, chosen: list[int], alike: NDArray[np.float64], same: int) -> bool:
    if not same:
        return True
    return sum(of_one_series(pages[at], pages[other], float(alike[at, other])) for other in chosen) < same


def _unit(weights: NDArray[np.int64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = weights / (np.sqrt(np.dot(weights, weights)) or 1.0)
    return unit
