"""In which order pages are offered beside a page: worked out for many pages at once, and kept in ``Neighbour``.

Candidates are pages whose text is alike, pages that are read together with it, what an editor pins, and the newest.
Each has a promise (``promise``) that readers' clicks correct (``attraction``); the best that differ (``diversity``) get
places, after those that an editor pins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.utils import timezone

from smo_kit.best.conf import BestConf, best_settings
from smo_kit.best.models import Text
from smo_kit.best.order import attraction
from smo_kit.best.order.attraction import NOTHING
from smo_kit.best.order.candidates import Page, newest, pages_of, stored_neighbours
from smo_kit.best.order.diversity import Candidate, diverse
from smo_kit.best.order.gathering import Beside, Other, gather
from smo_kit.best.order.known import Known
from smo_kit.best.order.likeness import Likeness
from smo_kit.best.order.placing import Placed, note_ranked, write_places
from smo_kit.best.order.promise import reason_for
from smo_kit.best.suggestions import CHOSEN
from smo_kit.core.models import CardRow

CHUNK: Final = 200
"""Pages whose neighbours are put in order together, in a constant number of queries."""
KEPT: Final = 16
"""Neighbours of a page that have a place: more than a block shows, so that some can be tried."""
POOL: Final = 40
"""Candidates of a page, the most promising, of which is asked what readers made of them."""
SPARE: Final = 4
"""Of the places that are kept the last ones: for candidates of which little is known, each in its turn."""
COMPARED: Final = (20, 12)
"""Candidates of a page that are compared with one another: so many of the best, so many that are worth a try."""
NEWEST: Final = 2 * KEPT
"""Newest pages that are looked at: some may be of one series."""
USUAL: Final = 4
"""The first so many candidates promise what is usual: blocks have shown such ones."""
PRIORS: Final = (0.05, 2.0)
"""What is promised is at least and at most so many times what is usual: texts alone are no surer."""
STEPS: Final = 1000
"""Parts in which it is kept how much a try is worth."""


def rank(cards: Collection[int], known: Known | None = None) -> None:
    """Put the neighbours of these cards (their ids, at most ``CHUNK``) in order, and note that it is done.

    ``known``: what was read of other pages, by whoever puts those of a whole site in order.
    """
    began = timezone.now()
    known = known or Known()
    conf = best_settings()
    pages = pages_of(CardRow.objects.filter(pk__in=cards))
    stored = stored_neighbours(cards)
    languages = sorted({page.language for page in pages}) if conf.fill else []
    latest = {language: newest(language, NEWEST) for language in languages}
    every = gather(pages, stored, latest, conf.fresh_days, known)
    _guess(every)
    for one in every:
        one.others = _worth_comparing(one.others, conf)
    known.vectors.read(card for one in every for card in one.cards)
    placed = {one.page.pk: _placed(one, _order(one, known.vectors.likeness(one.cards), conf)) for one in every}
    met = write_places(stored, placed)
    note_ranked(cards, began)
    _tell_a_small_site(met, latest, cards)


def _guess(every: Iterable[Beside]) -> None:
    """Correct what the most promising candidates promise by what readers made of them; forget the others."""
    for one in every:
        one.others.sort(key=lambda other: (not other.promise.is_related, -other.promise.worth, other.page.pk))
        del one.others[POOL:]
    rates = attraction.usual_rates()
    shown = attraction.of_pages({other.page.subject for one in every for other in one.others}, rates)
    here = attraction.beside({one.page.subject for one in every}, rates)
    for one in every:
        usual = _usual(one)
        for other in one.others:
            pair = here.get((one.page.subject, other.page.subject), NOTHING)
            prior = min(PRIORS[1], max(PRIORS[0], other.promise.worth / usual))
            other.guess = attraction.guess(prior, shown.get(other.page.subject, NOTHING), pair)


def _usual(one: Beside) -> float:
    first = [other.promise.worth for other in one.others[:USUAL]]
    return sum(first) / len(first) if first else 1.0


def _rank(other: Other, conf: BestConf) -> int:
    """Return 0 for what is related, 1 for what is only new; more for what few blocks show, since it is locked."""
    is_out = not (other.page.free or conf.locked)
    return 2 * is_out + (not other.promise.is_related)


def _worth_comparing(others: list[Other], conf: BestConf) -> list[Other]:
    best, tried = COMPARED
    ordered = sorted(others, key=lambda other: (_rank(other, conf), -other.guess.mean, other.page.pk))
    rest = sorted(ordered[best:], key=lambda other: (_rank(other, conf), -other.guess.worth_of_a_try, other.page.pk))
    return ordered[:best] + rest[:tried]


def _order(one: Beside, likeness: Likeness, conf: BestConf) -> list[Page]:
    """Return the pages that get a place: the best, and the last ones by what a try of them is worth."""
    best = [Candidate(other.page, _rank(other, conf), other.guess.mean) for other in one.others]
    order = diverse(best, one.pinned, likeness, most=KEPT, same=conf.same, least=conf.limit)
    if len(order) < KEPT:
        return order
    first = order[: max(len(one.pinned), KEPT - SPARE)]
    there = {page.pk for page in first}
    left = [other for other in one.others if other.page.pk not in there]
    tried = [Candidate(other.page, _rank(other, conf), other.guess.worth_of_a_try) for other in left]
    return diverse(tried, first, likeness, most=KEPT, same=conf.same, least=0)


def _placed(one: Beside, order: Iterable[Page]) -> list[Placed]:
    others = {other.page.pk: other for other in one.others}
    placed = []
    for page in order:
        if other := others.get(page.pk):
            reason, detail = reason_for(other.promise, one.page, page)
            placed.append(Placed(page.pk, reason, detail, _worth_of_a_try(other)))
        else:
            placed.append(Placed(page.pk, CHOSEN))
    return placed


def _worth_of_a_try(other: Other) -> int:
    """Return it to one digit: small news are not worth a write."""
    return max(1, int(float(f"{other.guess.worth_of_a_try * STEPS:.1g}")))


def _tell_a_small_site(met: Collection[int], latest: Mapping[str, list[Page]], cards: Collection[int]) -> None:
    """Have every page of a site of few look again when one of them has found its first neighbours: it is a new one."""
    few: set[int] = set()
    for pages in latest.values():
        there = {page.pk for page in pages}
        if len(there) <= KEPT and not there.isdisjoint(met):
            few |= there
    if others := few.difference(cards):
        Text.objects.filter(card__in=others, unranked__isnull=True).update(unranked=timezone.now())
