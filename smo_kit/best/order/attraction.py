"""How much readers are drawn by a page where it is offered, whatever the place it stood at.

Each place of each kind of block has its usual rate of clicks. A page that was shown is expected to get the rates of its
places; its clicks against that say how it does. Few showings say little: a page is taken for a usual one, and a page
beside another for what it is elsewhere and for what its text promises, until there are some ten clicks' worth of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from django.db.models import QuerySet, Sum

from smo_kit.best.bulk import ASKED
from smo_kit.best.models import Offer
from smo_kit.best.order.candidates import Subject, these
from smo_kit.best.order.usual import Usual
from smo_kit.best.periods import monday
from smo_kit.core.chunks import in_chunks
from smo_kit.core.settings import site_id

WEEKS: Final = 12
"""Showings of a quarter of a year count: pages and readers change."""
DOUBT: Final = 10.0
"""Expected clicks that must be seen before they say as much as what was thought before."""
RATE: Final = 0.02
"""Clicks on a place of which nothing is known: one in fifty."""
RATE_DOUBT: Final = 200
"""Showings of a place that must be seen before its own rate says as much as ``RATE``."""

Rates: TypeAlias = Mapping[tuple[str, int], float]
"""Clicks for each showing, by block and place."""


class Evidence(NamedTuple):
    """What readers did, and what they were expected to do."""

    clicks: float = 0.0
    expected: float = 0.0


NOTHING: Final = Evidence()


class Guess(NamedTuple):
    """How many times the usual clicks a page may get, and how much is known of that."""

    mean: float
    seen: float
    """Expected clicks that were seen, and as many as what was thought before stands for; 1 is that alone."""

    @property
    def worth_of_a_try(self) -> float:
        """Good as it may be, and little as it was seen."""
        return self.mean / self.seen**2


def guess(prior: float, page: Evidence, beside: Evidence) -> Guess:
    """Return what to expect of a page beside another: the mean of what was thought before and what was seen.

    ``prior``: what its text and readers of both promise, 1 being usual; ``page``: what it got everywhere; ``beside``:
    the part of that which it got beside this one.
    """
    elsewhere = (page.clicks - beside.clicks + DOUBT) / (page.expected - beside.expected + DOUBT)
    seen = beside.expected + DOUBT
    return Guess((beside.clicks + DOUBT * prior * elsewhere) / seen, seen / DOUBT)


def usual_rates() -> Rates:
    """Return the rate of clicks on each place of each block of this site, as it was lately; {}: nothing is known."""
    return _rates.known() or {}


def of_pages(subjects: Collection[Subject], rates: Rates) -> dict[Subject, Evidence]:
    """Return what readers made of these pages, wherever they were offered: one query for ``ASKED``."""
    found: dict[Subject, Evidence] = defaultdict(Evidence)
    columns = ("shown_type_id", "shown_pk", "block", "position")
    for some in in_chunks(subjects, ASKED):
        offers = _lately().filter(these(some, "shown_type_id", "shown_pk"))
        for type_id, pk, block, position, shown, clicked in _summed(offers, columns):
            found[type_id, pk] = _more(found[type_id, pk], clicked, shown * rates.get((block, position), RATE))
    return found


def beside(subjects: Collection[Subject], rates: Rates) -> dict[tuple[Subject, Subject], Evidence]:
    """Return what readers of these pages made of what was offered there, by (page, page offered): likewise."""
    found: dict[tuple[Subject, Subject], Evidence] = defaultdict(Evidence)
    columns = ("page_type_id", "page_pk", "shown_type_id", "shown_pk", "block", "position")
    for page_type, page_pk, type_id, pk, block, position, shown, clicked in _summed(
        _lately().filter(these(subjects, "page_type_id", "page_pk")), columns
    ):
        pair = ((page_type, page_pk), (type_id, pk))
        found[pair] = _more(found[pair], clicked, shown * rates.get((block, position), RATE))
    return found


def _more(evidence: Evidence, clicks: float, expected: float) -> Evidence:
    return Evidence(evidence.clicks + clicks, evidence.expected + expected)


def _counted_rates(offers: QuerySet[Offer]) -> dict[tuple[str, int], float]:
    return {
        (block, position): (clicked + RATE * RATE_DOUBT) / (shown + RATE_DOUBT)
        for block, position, shown, clicked in _summed(offers, ("block", "position"))
    }


def _lately() -> QuerySet[Offer]:
    return Offer.objects.filter(site_id=site_id(), week__gte=monday() - dt.timedelta(weeks=WEEKS))


def _summed(offers: QuerySet[Offer], columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    sums = offers.values(*columns).annotate(times=Sum("shown"), clicks=Sum("clicked"))
    rows: Iterable[tuple[Any, ...]] = sums.values_list(*columns, "times", "clicks")
    return rows


_rates: Final = Usual("rates", _lately, _counted_rates)
renew_rates: Final = _rates.renew
