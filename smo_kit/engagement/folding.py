"""Old counts are kept by the month: a year of a page is twelve rows then, not 365. No sum changes.

Months are folded as a whole, into their first days, and the oldest first. Every step is a transaction of its own, so it
may be interrupted at any time, and two may do it at once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final

from django.utils import timezone

from smo_kit.core.transactions import free, patiently
from smo_kit.engagement.models import Count
from smo_kit.engagement.upsert import CHUNK, add

STEP: Final = 20 * CHUNK
"""Rows of one transaction."""
STEPS: Final = 10
"""Transactions of a share."""


@dataclass(slots=True)
class Folded:
    """How far it has come: rows that were to be folded, those that were, and those that they became or were added to.

    ``total`` is counted at the beginning; ``into`` counts a row again that a later step adds to.
    """

    total: int
    done: int = 0
    into: int = 0


def border(days: int) -> dt.date:
    """Return the first day that stays as it is if counts are kept by the day for at least so many days (UTC)."""
    return (timezone.now().astimezone(dt.UTC).date() - dt.timedelta(days=days)).replace(day=1)


def fold(days: int) -> Iterator[Folded]:
    """Fold what is older than so many days, on every site of this database; yield after each step. 0 days: nothing."""
    months = list(_months(border(days))) if days else []
    progress = Folded(sum(_inner_days(month).count() for month in months))
    yield progress
    for folded, into in _steps(months):
        progress.done += folded
        progress.into += into
        yield progress


def fold_share(days: int) -> int:
    """Fold as much as is done beside other work, ``STEPS`` steps, and count nothing before; return how many rows.

    What is left is for the next time.
    """
    return sum(folded for folded, _ in islice(_steps(_months(border(days))), STEPS)) if days else 0


def _steps(months: Iterable[dt.date]) -> Iterator[tuple[int, int]]:
    """Fold these months; yield after each step how many rows were folded, and how many they became."""
    for month in months:
        while (step := patiently(partial(_fold_some, month)))[0]:
            yield step


def _months(end: dt.date) -> Iterator[dt.date]:
    """Yield the first day of each month before ``end`` that has something to fold."""
    first = Count.objects.filter(day__lt=end).order_by("day").values_list("day", flat=True).first()
    while first is not None and first < end:
        month = first.replace(day=1)
        if _inner_days(month).order_by("day").values("day").first():  # EXISTS has no order, and reads all to find none
            yield month
        later = Count.objects.filter(day__gte=_next(month), day__lt=end)
        first = later.order_by("day").values_list("day", flat=True).first()


def _inner_days(month: dt.date) -> Any:
    """Return the rows of a month but those of its first day."""
    return Count.objects.filter(day__gt=month, day__lt=_next(month)).order_by()


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def _fold_some(month: dt.date) -> tuple[int, int]:
    """Add some rows of a month to those of its first day; return how many they were, and how many they became."""
    names = Count.identity[:-1]
    columns = ["content_type_id" if name == "content_type" else name for name in names]
    rows = free(_inner_days(month)).order_by("day", "pk")[:STEP]
    sums: Counter[tuple[Any, ...]] = Counter()
    pks = []
    for pk, n, *identity in rows.values_list("pk", "n", *columns):
        sums[(*identity, month)] += n
        pks.append(pk)
    keys = sorted(sums)
    for start in range(0, len(keys), CHUNK):
        some = {key: sums[key] for key in keys[start : start + CHUNK]}
        add(Count, Count.identity, "n", some, using=rows.db)
    for start in range(0, len(pks), CHUNK):
        Count.objects.filter(pk__in=pks[start : start + CHUNK])._raw_delete(using=rows.db)
    return len(pks), len(keys)
