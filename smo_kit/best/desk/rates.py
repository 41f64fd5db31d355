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
from smo_kit.best.told.clicks import by_place
from smo_kit.core.rates import ENOUGH, Bar, Rate, full
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

COMPARED: Final = 10
"""Pages at each end of a comparison."""
PERIODS: Final = (4, WEEKS_KEPT)
"""Of how many weeks the rates can be seen."""
NOWHERE: Final = Key(0, "")
"""Pages without a subject, such as lists, taken together."""

Which = Literal["page", "shown"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and each of its places, counted from 0."""

    block: str
    whole: Bar
    places: list[tuple[int, Bar]]

    @property
    def label(self) -> str:
        """What an editor calls it."""
        return block_label(self.block)


@dataclass(frozen=True, slots=True)
class Ends:
    """The pages that are followed most and least often among those that were shown enough."""

    best: list[tuple[Key, Bar]]
    worst: list[tuple[Key, Bar]]


def blocks_of(weeks: int) -> list[Placed]:
    """Return each block with its places, the most shown first: one query."""
    places: dict[str, list[tuple[int, Rate]]] = defaultdict(list)
    for block, position, rate in by_place(weeks):
        places[block].append((position, rate))
    wholes = {block: _sum(rate for _place, rate in rates) for block, rates in places.items()}
    top = full([*wholes.values(), *(rate for rates in places.values() for _place, rate in rates)])
    found = [
        Placed(block, Bar(wholes[block], top), [(place, Bar(rate, top)) for place, rate in rates])
        for block, rates in places.items()
    ]
    return sorted(found, key=lambda one: -one.whole.of.times)


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
    top = full([rate for _key, rate in (*best, *worst)])
    return Ends([(key, Bar(rate, top)) for key, rate in best], [(key, Bar(rate, top)) for key, rate in worst])


def _named(type_id: int, pk: str, shown: int, clicked: int, *_rest: Any) -> tuple[Key, Rate]:
    return Key(type_id, pk), Rate(shown, clicked)


def _sum(rates: Iterable[Rate]) -> Rate:
    rates = list(rates)
    return Rate(sum(one.times for one in rates), sum(one.done for one in rates))
