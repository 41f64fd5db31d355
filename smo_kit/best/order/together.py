"""Which pages are read together more often than chance would have it."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet, Sum

from smo_kit.best.bulk import ASKED
from smo_kit.best.models import Pair
from smo_kit.best.order.candidates import Subject, these
from smo_kit.best.order.usual import Usual
from smo_kit.best.periods import WEEKS_KEPT, monday
from smo_kit.core.chunks import in_chunks
from smo_kit.core.settings import site_id

SEVERAL: Final = 3
"""Fewer readings say nothing: one reader who goes to and fro makes two."""
DOUBT: Final = 5.0
"""Readings that are taken to follow chance before any is counted: five real ones are half believed."""
PARTNERS: Final = 20
"""Partners of a page that are looked at, the most frequent: more than have a place."""

_FIRST: Final = ("first_type_id", "first_pk")
_SECOND: Final = ("second_type_id", "second_pk")


def read_together(subjects: Collection[Subject]) -> dict[Subject, dict[Subject, float]]:
    """Return for each subject those that are read with it, each with a strength from 0 to 1.

    Chance is how often both would be read together were every reading's second page drawn from all that is read.
    How much is read is known from the last sweep (``usual``): until then it is taken for what is read of these pages,
    so that too much passes for chance rather than too little.
    """
    counts = _counted(subjects)
    if not counts:
        return {}
    every = {*counts, *(other for partners in counts.values() for other in partners)}
    readings = _readings(every)
    total = _all_readings.known() or readings.total() / 2
    return {
        one: {
            other: strength
            for other, n in partners.items()
            if (strength := strength_of(n, readings[one] * readings[other] / (2 * total))) > 0
        }
        for one, partners in counts.items()
    }


def strength_of(together: int, chance: float) -> float:
    """Return which part of the readings is no chance: what is left when chance and its usual error are taken away.

    That is 1 - 1/lift with lift = (together + DOUBT) / (chance + error + DOUBT), and 0 where the lift is below 1.
    """
    surplus = together - chance - chance**0.5
    return max(0.0, surplus / (together + DOUBT)) if together >= SEVERAL else 0.0


def _counted(subjects: Collection[Subject]) -> dict[Subject, dict[Subject, int]]:
    counts: dict[Subject, dict[Subject, int]] = defaultdict(dict)
    for own, other in ((_FIRST, _SECOND), (_SECOND, _FIRST)):
        pairs = _lately().filter(these(subjects, *own))
        sums = pairs.values(*own, *other).annotate(sum=Sum("n")).filter(sum__gte=SEVERAL)
        for own_type, own_pk, other_type, other_pk, n in sums.values_list(*own, *other, "sum"):
            counts[own_type, own_pk][other_type, other_pk] = n
    return {
        one: dict(heapq.nlargest(PARTNERS, all_.items(), key=lambda it: (it[1], it[0]))) for one, all_ in counts.items()
    }


def _readings(subjects: Collection[Subject]) -> Counter[Subject]:
    readings: Counter[Subject] = Counter()
    for own in (_FIRST, _SECOND):
        for some in in_chunks(subjects, ASKED):
            pairs = _lately().filter(these(some, *own))
            for type_id, pk, n in pairs.values(*own).annotate(sum=Sum("n")).values_list(*own, "sum"):
                readings[type_id, pk] += n
    return readings


def _lately() -> QuerySet[Pair]:
    return Pair.objects.filter(site_id=site_id(), week__gte=monday() - dt.timedelta(weeks=WEEKS_KEPT))


def _total(pairs: QuerySet[Pair]) -> int:
    return pairs.aggregate(sum=Sum("n"))["sum"] or 0


_all_readings: Final = Usual("readings", _lately, _total)
renew_total: Final = _all_readings.renew
