"""How often offers are followed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum

from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.core.rates import Rate
from smo_kit.core.settings import site_id


def by_place(weeks: int) -> list[tuple[str, int, Rate]]:
    """Return (block, place from 0, rate) of the last weeks, this one included, in this order: one query."""
    since = monday() - dt.timedelta(weeks=weeks - 1)
    rows = Offer.objects.filter(site_id=site_id(), week__gte=since).order_by("block", "position")
    sums = rows.values_list("block", "position").annotate(Sum("shown"), Sum("clicked"))
    return [(block, position, Rate(shown, clicked)) for block, position, shown, clicked in sums]
