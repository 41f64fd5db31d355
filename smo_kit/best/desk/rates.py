"""How often offers are followed, as the admin shows it: bars with what is sure, and the pages at both ends."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import ExpressionWrapper, F, FloatField, Sum

from smo_kit.best.layouts import block_label
from smo_kit.best.models import Offer
from smo_kit.best.periods import WEEKS_KEPT, monday
from smo_kit.best.told.clicks import ClickRate, by_place
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

ENOUGH: Final = 100
"""Showings from which a page is compared with others."""
COMPARED: Final = 10
"""Pages at each end of a comparison."""
PERIODS: Final = (4, WEEKS_KEPT)
"""Of how many weeks the rates can be seen."""
NOWHERE: Final = Key(0, "")
"""Pages without a subject, such as lists, taken together."""

Which = Literal["page", "shown"]


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as a row of a table shows it."""

    of: ClickRate
    whole: float = 1.0
    """The rate at which a bar is full."""

    @property
    def percent(self) -> tuple[float, float, float]:
        """The rate, and between which it surely is, in per cent."""
        return 100 * self.of.share, 100 * self.of.low, 100 * self.of.high

    @property
    def is_few(self) -> bool:
        """Whether it was shown too seldom to be compared."""
        return self.of.shown < ENOUGH

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

    @property
    def label(self) -> str:
        """What an editor calls it."""
        return block_label(self.block)


@dataclass(frozen=True, slots=True)
class Ends:
    """The pages that are followed most and least often among those that were shown enough."""

    best: list[tuple[Key, Rate]]
    worst: list[tuple[Key, Rate]]


def blocks_of(weeks: int) -> list[Placed]:
    """Return each block with its places, the most shown first: one query."""
    places: dict[str, list[tuple[int, ClickRate]]] = defaultdict(list)
    for block, position, rate in by_place(weeks):
        places[block].append((position, rate))
    wholes = {block: _sum(rate for _place, rate in rates) for block, rates in places.items()}
    full = _full([*wholes.values(), *(rate for rates in places.values() for _place, rate in rates)])
    found = [
        Placed(block, Rate(wholes[block], full), [(place, Rate(rate, full)) for place, rate in rates])
        for block, rates in places.items()
    ]
    return sorted(found, key=lambda one: -one.whole.of.shown)


def ends_of(weeks: int, which: Which, block: str = "") -> Ends:
    """Return the pages where offers stood ("page"), or that were offered ("shown"), at both ends: two queries.

    ``block`` "": in all of them.
    """
    rows = Offer.objects.filter(site_id=site_id(), week__gt=monday() - dt.timedelta(weeks=weeks))
    rows = rows.filter(block=block) if block else rows
    sums = rows.values_list(f"{which}_type_id", f"{which}_pk").annotate(showings=Sum("shown"), clicks=Sum("clicked"))
    share = ExpressionWrapper(F("clicks") * 1.0 / F("showings"), output_field=FloatField())
    compared = sums.filter(showings__gte=ENOUGH).annotate(share=share)
    best = [_named(*one) for one in compared.order_by("-share", "-showings")[:COMPARED]]
    there = {key for key, _rate in best}
    worst = [_named(*one) for one in compared.order_by("share", "-showings")[:COMPARED]]
    worst = [one for one in worst if one[0] not in there]
    full = _full([rate for _key, rate in (*best, *worst)])
    return Ends([(key, Rate(rate, full)) for key, rate in best], [(key, Rate(rate, full)) for key, rate in worst])


def _named(type_id: int, pk: str, shown: int, clicked: int, *_rest: Any) -> tuple[Key, ClickRate]:
    return Key(type_id, pk), ClickRate(shown, clicked)


def _sum(rates: Iterable[ClickRate]) -> ClickRate:
    rates = list(rates)
    return ClickRate(sum(one.shown for one in rates), sum(one.clicked for one in rates))


def _full(rates: Iterable[ClickRate]) -> float:
    """Return the rate at which the bars of a table are full: a little above the highest that is sure."""
    return min(1.0, max((one.high for one in rates if one.shown >= ENOUGH), default=1.0) * 1.05)
