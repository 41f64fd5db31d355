"""How often offers are followed: by block and place, by the page where they stood, and by the page that was offered."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet, Sum

from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

ENOUGH: Final = 100
"""Showings from which a page is compared with others."""
COMPARED: Final = 10
"""Pages at each end of a comparison."""
WEEKS: Final = (4, 26)
SURE: Final = 1.96
"""Standard deviations on either side: the true rate is within in 95 of 100 cases."""
NOWHERE: Final = Key(0, "")
"""Pages without a subject, such as lists, taken together."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something was shown and followed."""

    shown: int
    clicked: int
    whole: float = 1.0
    """Of the rate at which a bar is full."""

    @property
    def rate(self) -> float:
        """The part of 1 that was followed."""
        return min(1.0, self.clicked / self.shown) if self.shown else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between which the true rate is in 95 of 100 cases (Wilson 1927): wide where little was shown."""
        if not self.shown:
            return 0.0, 1.0
        square = SURE**2 / self.shown
        middle = (self.rate + square / 2) / (1 + square)
        half = SURE * math.sqrt((self.rate * (1 - self.rate) + square / 4) / self.shown) / (1 + square)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def percent(self) -> tuple[float, float, float]:
        """The rate and its interval, in per cent."""
        low, high = self.interval
        return 100 * self.rate, 100 * low, 100 * high

    @property
    def is_few(self) -> bool:
        """Whether it was shown too seldom to be compared."""
        return self.shown < ENOUGH

    @property
    def bar(self) -> tuple[str, str, str]:
        """Length of the bar, begin and end of the interval, of 100, as SVG writes numbers."""
        rate, low, high = (f"{min(100.0, one / self.whole):.1f}" for one in self.percent)
        return rate, low, high


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and each of its places, counted from 0."""

    block: str
    whole: Rate
    places: list[tuple[int, Rate]]


@dataclass(frozen=True, slots=True)
class Ends:
    """The pages that are followed most and least often among those that were shown enough."""

    best: list[tuple[Key, Rate]]
    worst: list[tuple[Key, Rate]]


def offers_of(weeks: int, block: str = "") -> QuerySet[Offer]:
    """Return the offers of this site of the last weeks, this one counted; of one block if it is named."""
    rows = Offer.objects.filter(site_id=site_id(), week__gt=monday() - dt.timedelta(weeks=weeks))
    return rows.filter(block=block) if block else rows


def by_place(rows: QuerySet[Offer]) -> list[Placed]:
    """Return each block with its places, the most shown first: one query."""
    sums = rows.values_list("block", "position").annotate(Sum("shown"), Sum("clicked")).order_by("block", "position")
    places: dict[str, list[tuple[int, Rate]]] = defaultdict(list)
    for block, position, shown, clicked in sums:
        places[block].append((position, Rate(shown, clicked)))
    found = [Placed(block, _sum(rate for _place, rate in rates), rates) for block, rates in places.items()]
    full = _full([rate for one in found for rate in (one.whole, *(rate for _place, rate in one.places))])
    scaled = [
        Placed(one.block, replace(one.whole, whole=full), [(at, replace(rate, whole=full)) for at, rate in one.places])
        for one in found
    ]
    return sorted(scaled, key=lambda one: -one.whole.shown)


def by_page(rows: QuerySet[Offer]) -> Ends:
    """Return the pages on which offers are followed most and least often: two queries."""
    return _ends(rows, "page_type_id", "page_pk")


def by_offered(rows: QuerySet[Offer]) -> Ends:
    """Return the pages that are followed most and least often where they are offered: two queries."""
    return _ends(rows, "shown_type_id", "shown_pk")


def _ends(rows: QuerySet[Offer], type_id: str, pk: str) -> Ends:
    sums = rows.values_list(type_id, pk).annotate(all_shown=Sum("shown"), all_clicked=Sum("clicked"))
    rate = ExpressionWrapper(F("all_clicked") * 1.0 / F("all_shown"), output_field=FloatField())
    compared = sums.filter(all_shown__gte=ENOUGH).annotate(rate=rate)
    best = list(compared.order_by("-rate", "-all_shown")[:COMPARED])
    there = {one[:2] for one in best}
    worst = [one for one in compared.order_by("rate", "-all_shown")[:COMPARED] if one[:2] not in there]
    full = _full([Rate(one[2], one[3]) for one in (*best, *worst)])
    return Ends(*([(Key(one[0], one[1]), Rate(one[2], one[3], full)) for one in part] for part in (best, worst)))


def _sum(rates: Iterable[Rate]) -> Rate:
    rates = list(rates)
    return Rate(sum(one.shown for one in rates), sum(one.clicked for one in rates))


def _full(rates: Sequence[Rate]) -> float:
    """Return the rate at which the bars of a table are full: a little above the highest that is sure."""
    return min(1.0, max((one.interval[1] for one in rates if not one.is_few), default=1.0) * 1.05)
