"""What may stand beside each of many pages, and what each of that promises there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from django.utils import timezone

from smo_kit.best.order.attraction import Guess
from smo_kit.best.order.by_hand import Wish, wishes
from smo_kit.best.order.candidates import Page, Row, Subject, cards_of
from smo_kit.best.order.common import Common, common
from smo_kit.best.order.known import Known
from smo_kit.best.order.promise import Promise, freshness, promise_of
from smo_kit.best.order.together import read_together

NO_WISH: Final = Wish()
UNKNOWN: Final = Guess(0.0, 1.0)
"""Nobody has asked yet."""


@dataclass(slots=True)
class Other:
    """A candidate, and what is known of it beside one page."""

    page: Page
    promise: Promise
    guess: Guess = UNKNOWN


@dataclass(slots=True)
class Beside:
    """What may stand beside one page."""

    page: Page
    pinned: list[Page]
    others: list[Other] = field(default_factory=list)

    @property
    def cards(self) -> list[int]:
        """The ids of all."""
        return [page.pk for page in (*self.pinned, *(other.page for other in self.others))]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was read of some pages, to find what may stand beside each."""

    stored: Mapping[int, Mapping[int, Row]]
    latest: Mapping[str, list[Page]]
    """The newest pages of each language, to fill up with."""
    wishes: Mapping[Subject, Wish]
    together: Mapping[Subject, Mapping[Subject, float]]
    by_card: Mapping[int, Page]
    by_subject: Mapping[tuple[Subject, str], Page]
    common: Common
    freshness: Mapping[int, float]
    """By card."""

    def beside(self, page: Page) -> Beside:
        """Return what may stand beside a page."""
        wish = self.wishes.get(page.subject, NO_WISH)
        pinned = [one for one in self._speaking(wish.pinned, page.language) if _may_be_pinned(one, page)]
        if wish.only:
            return Beside(page, pinned)
        refused = {page.subject, *wish.hidden, *wish.pinned}
        named = {other.pk: other for other in self._named(page)}.values()
        fitting = (one for one in named if one.offered and one.language == page.language and one.subject not in refused)
        return Beside(page, pinned, [Other(one, self._promise(page, one)) for one in fitting])

    def _named(self, page: Page) -> Iterator[Page]:
        neighbours = (self.by_card[card] for card in self.stored[page.pk] if card in self.by_card)
        partners = self._speaking(self.together.get(page.subject, {}), page.language)
        return chain(neighbours, partners, self.latest.get(page.language, ()))

    def _speaking(self, subjects: Iterable[Subject], language: str) -> Iterator[Page]:
        there = self.by_subject
        return (there[subject, language] for subject in subjects if (subject, language) in there)

    def _promise(self, page: Page, other: Page) -> Promise:
        row = self.stored[page.pk].get(other.pk)
        return promise_of(
            page,
            other,
            similarity=row.similarity if row else 0,
            together=self.together.get(page.subject, {}).get(other.subject, 0.0),
            common=self.common,
            fresh=self.freshness[other.pk],
        )


def gather(
    pages: Collection[Page],
    stored: Mapping[int, Mapping[int, Row]],
    latest: Mapping[str, list[Page]],
    fresh_days: int,
    known: Known,
) -> list[Beside]:
    """Return what may stand beside each page, in a constant number of queries."""
    subjects = {page.subject for page in pages}
    wanted, together = wishes(subjects), read_together(subjects)
    named = {other for partners in together.values() for other in partners}
    named.update(other for wish in wanted.values() for other in wish.pinned)
    neighbours = known.pages(other for rows in stored.values() for other in rows)
    others = [*neighbours, *cards_of(named, {page.language for page in pages})]
    now = timezone.now()
    around = Surroundings(
        stored=stored,
        latest=latest,
        wishes=wanted,
        together=together,
        by_card={page.pk: page for page in others},
        by_subject={(page.subject, page.language): page for page in others},
        common=common(),
        freshness={page.pk: freshness(page.published, now, fresh_days) for page in chain(others, *latest.values())},
    )
    return [around.beside(page) for page in pages]


def _may_be_pinned(one: Page, page: Page) -> bool:
    return one.subject != page.subject and one.offered is not False
