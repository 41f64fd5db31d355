"""The pages beside each page: kept right on both sides when one of them changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Count, Min
from django.utils import timezone

from smo_kit.best.bulk import delete, upsert
from smo_kit.best.models import Neighbour, Text
from smo_kit.best.similarity import JUDGED
from smo_kit.core.chunks import in_chunks

KEPT_CANDIDATES: Final = 24
"""Texts that are kept beside a text, the most alike: out of them and others ``ranking`` chooses what is offered."""
REFILLED_AT: Final = 18
"""A page that has lost neighbours until it has so many looks for new ones. One that never had more does not care."""


def renew(card: int, alike: dict[int, int]) -> set[int]:
    """Give a card its neighbours, and make it one of those it is nearer to than what they have.

    ``alike`` comes from ``alike.alike_to``. Return the cards whose neighbours have changed.
    """
    own = best_of(list(alike.items())[:JUDGED])
    there = dict(Neighbour.objects.filter(card=card, similarity__gt=0).values_list("other", "similarity"))
    delete(Neighbour.objects.filter(card=card, other__in=[other for other in there if other not in own]))
    _put([(card, other, one) for other, one in own.items() if there.get(other) != one])
    changed = {card} if there != own else set()
    return changed | _renew_others(card, alike)


def best_of(judged: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the most alike, the best first."""
    return dict(sorted(judged, key=lambda one: (-one[1], one[0]))[:KEPT_CANDIDATES])


def drop(card: int) -> set[int]:
    """Take a card's neighbours, and take it from those beside whom it stood: return these."""
    beside = set(Neighbour.objects.filter(other=card).values_list("card", flat=True))
    delete(Neighbour.objects.filter(card=card))
    _leave(card, beside)
    return beside


def _renew_others(card: int, alike: dict[int, int]) -> set[int]:
    has = dict(Neighbour.objects.filter(other=card, similarity__gt=0).values_list("card", "similarity"))
    lists = _lists(alike)
    changed: list[tuple[int, int, int]] = []
    crowded: set[int] = set()
    for other, similarity in alike.items():
        count, weakest = lists.get(other, (0, 0))
        if other not in has and count >= KEPT_CANDIDATES:
            if similarity <= weakest:
                continue
            crowded.add(other)
        if has.get(other) != similarity:
            changed.append((other, card, similarity))
    _put(changed)
    _drop_weakest(crowded)
    gone = {other for other in has if other not in alike}
    _leave(card, gone)
    return {other for other, *_ in changed} | gone


def _lists(cards: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = Neighbour.objects.filter(card__in=cards, similarity__gt=0).order_by().values("card")
    counted = rows.annotate(count=Count("pk"), weakest=Min("similarity"))
    return {card: (count, weakest) for card, count, weakest in counted.values_list("card", "count", "weakest")}


def _put(rows: Iterable[tuple[int, int, int]]) -> None:
    upsert(
        Neighbour,
        ("card", "other", "similarity"),
        sorted(rows),
        identity=("card", "other"),
        renewed=("similarity",),
    )


def _drop_weakest(crowded: Collection[int]) -> None:
    weakest: dict[int, tuple[int, int, int]] = {}
    rows = Neighbour.objects.filter(card__in=crowded, similarity__gt=0)
    for card, similarity, other, pk in rows.values_list("card", "similarity", "other", "pk"):
        weakest[card] = min(weakest.get(card, (similarity, -other, pk)), (similarity, -other, pk))
    delete(Neighbour.objects.filter(pk__in=[pk for *_, pk in weakest.values()]))


def _leave(card: int, others: Collection[int]) -> None:
    for some in in_chunks(sorted(others)):
        delete(Neighbour.objects.filter(other=card, card__in=some))
        short = [other for other, (count, _) in _lists(some).items() if count == REFILLED_AT]
        if short:
            Text.objects.filter(pk__in=short, due__isnull=True).update(due=timezone.now())
