"""Which pages are read together more often than chance would have it."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Final

from django.db.models import Sum

from smo_kit.best.models import Pair
from smo_kit.best.order.candidates import Subject, these
from smo_kit.best.periods import monday
from smo_kit.core.settings import site_id

WEEKS: Final = 52
"""Reading of the last year counts: a season comes back, older habits don't."""
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
    Five queries.
    """
    counts = _counted(subjects)
    if not counts:
        return {}
    every = {*counts, *(other for partners in counts.values() for other in partners)}
    total, readings = _total(), _readings(every)
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
        pairs = Pair.objects.filter(these(subjects, *own), site_id=site_id(), week__gte=_since())
        sums = pairs.values(*own, *other).annotate(sum=Sum("n")).filter(sum__gte=SEVERAL)
        for own_type, own_pk, other_type, other_pk, n in sums.values_list(*own, *other, "sum"):
            counts[own_type, own_pk][other_type, other_pk] = n
    return {
        one: dict(heapq.nlargest(PARTNERS, all_.items(), key=lambda it: (it[1], it[0]))) for one, all_ in counts.items()
    }


def _readings(subjects: Collection[Subject]) -> Counter[Subject]:
    readings: Counter[Subject] = Counter()
    for own in (_FIRST, _SECOND):
        pairs = Pair.objects.filter(these(subjects, *own), site_id=site_id(), week__gte=_since())
        for type_id, pk, n in pairs.values(*own).annotate(sum=Sum("n")).values_list(*own, "sum"):
            readings[type_id, pk] += n
    return readings


def _total() -> int:
    pairs = Pair.objects.filter(site_id=site_id(), week__gte=_since())
    return pairs.aggregate(sum=Sum("n"))["sum"] or 1


def _since() -> dt.date:
    return monday() - dt.timedelta(weeks=WEEKS)
