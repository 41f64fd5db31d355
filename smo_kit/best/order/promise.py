"""What a page promises beside another before anybody has clicked on it, and what a reader is told of that.

The promise is a sum: likeness of the texts and reading together, and a little for tags, author and freshness. A page
that is twice as alike is expected to get twice the clicks, until ``attraction`` knows better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from smo_kit.best.models import SCALE
from smo_kit.best.order.candidates import Page
from smo_kit.best.order.common import Common
from smo_kit.best.order.diversity import COPY
from smo_kit.best.suggestions import ALSO_READ, AUTHOR, NEW, TAGS, TEXT
from smo_kit.best.tag_names import folded

TOGETHER: Final = 0.6
"""Readers' own choice weighs more than most likenesses of texts, which are 0.1 to 0.5, and less than a text that is
almost the same."""
TAG: Final = 0.1
"""All tags in common: the likeness of the texts has counted tags as words already."""
WRITER: Final = 0.05
"""The same author: decides between pages that are alike otherwise."""
FRESH: Final = 0.05
"""A page of this moment: as much as the same author, and half of it after ``fresh_days``."""
LEAST: Final = 0.02
"""What a page promises of which nothing speaks: clicks can't lift what is worth nothing."""
SURELY_READ: Final = 0.5
"""From this strength on a reader is told that others read both: five readings where chance gives none."""
LISTED: Final = 3
"""Tags or words that a reader is told of."""
DETAIL: Final = 200
"""Characters of the column."""


class Promise(NamedTuple):
    """What speaks for a page beside another: each part from 0 to 1."""

    similarity: float
    together: float
    tags: tuple[str, ...]
    """Those that both have, as the page writes them."""
    share_of_tags: float
    author: str
    """"": another, or one who has written most of the site."""
    freshness: float

    @property
    def is_related(self) -> bool:
        """Say whether anything but its age speaks for it."""
        return bool(self.similarity or self.together or self.tags or self.author)

    @property
    def worth(self) -> float:
        """The sum. A copy of the page itself says nothing new, however alike it is."""
        likeness = self.similarity if self.similarity < COPY else 0.0
        evidence = likeness + TOGETHER * self.together + TAG * self.share_of_tags + WRITER * bool(self.author)
        return LEAST + evidence + FRESH * self.freshness


def promise_of(page: Page, other: Page, *, similarity: int, together: float, common: Common, fresh: float) -> Promise:
    """Return what speaks for ``other``; ``common``: what speaks for nobody here; ``fresh``: its freshness."""
    tags = _in_common(page.tags, other.tags) if page.tags and other.tags else ()
    tags = tuple(tag for tag in tags if (page.language, folded(tag)) not in common.tags)
    every = len(page.tags) + len(other.tags) - len(tags)
    is_his = page.author == other.author and (page.language, page.author) not in common.authors
    author = page.author if is_his else ""
    return Promise(similarity / SCALE, together, tags, len(tags) / every if every else 0.0, author, fresh)


def _in_common(tags: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    own = _folded(tags)
    if own.isdisjoint(_folded(others)):
        return ()
    return tuple(tag for tag in others if folded(tag) in own)


@lru_cache(maxsize=4096)
def _folded(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(folded, tags))


def freshness(published: dt.datetime | None, now: dt.datetime, half_life: int) -> float:
    """Return 1 for what was published just now, half of it after ``half_life`` days; 0 where age does not count."""
    if published is None or not half_life:
        return 0.0
    age = max(0.0, (now - published) / dt.timedelta(days=1))
    return float(0.5 ** (age / half_life))


def reason_for(promise: Promise, page: Page, other: Page) -> tuple[str, str]:
    """Return the strongest reason that is true, and what it speaks of."""
    if promise.together >= SURELY_READ:
        return ALSO_READ, ""
    if promise.author:
        return AUTHOR, promise.author[:DETAIL]
    if promise.tags:
        return TAGS, _listed(promise.tags)
    if promise.similarity:
        known = set(page.words)
        return TEXT, _listed(word for word in other.words if word in known)
    return NEW, ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:LISTED])[:DETAIL]
