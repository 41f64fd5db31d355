"""What of the kept order a block shows: what its options want, each page once, and new ones where little is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from smo_kit.best.conf import CARDS_OF_ONE, EVERY_LANGUAGE, BestConf, best_settings
from smo_kit.best.models import Choice, Curation, Neighbour, Tagged
from smo_kit.best.suggestions import CHOSEN, NEW
from smo_kit.best.tag_names import folded
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

T = TypeVar("T")


def wanted_rows(rows: Iterable[Neighbour], without: Iterable[Key], language: str, conf: BestConf) -> list[Neighbour]:
    """Return those rows that a block's options want, each subject once, in the page's language if it is there; none of
    ``without``.
    """
    known = {(key.content_type_id, key.object_pk) for key in without}
    named = (row for row in rows if conf.fill or row.reason != NEW)
    fitting = [row for row in named if _subject(row.other) not in known and _fits(row.other, conf)]
    return _each_once(fitting, language, lambda row: row.other)


def lacks(rows: Collection[Neighbour], wanted: Collection[Neighbour], conf: BestConf) -> int:
    """Return how many new pages are to follow those that a block's options want.

    Where nothing is kept, or not enough of what is kept is wanted; what an editor alone has chosen is not mixed.
    """
    room = conf.limit - len(wanted)
    if room <= 0 or not conf.fill or (rows and all(row.reason == CHOSEN for row in rows)):
        return 0
    is_filled_up = bool(rows) and len(wanted) == len(rows) and best_settings().fill
    return 0 if is_filled_up else room


def newest_beside(key: Key, conf: BestConf, without: Iterable[Key], most: int) -> list[CardRow]:
    """Return the newest pages that a block's options want, without those that an editor hides beside a subject, and
    without those whose day is unknown or is yet to come.

    One query. None where an editor wants nothing but what he chose.
    """
    curations = Curation.objects.filter(site_id=site_id(), **key.fields)
    subject = {"content_type": OuterRef("content_type"), "object_pk": OuterRef("object_pk")}
    hides = Choice.objects.filter(curation__in=curations, verb=Choice.Verb.HIDE, **subject)
    rows = CardRow.objects.filter(
        ~Exists(curations.filter(only=True)), ~Exists(hides), smo_text__offered=True, published__lte=timezone.now()
    )
    if conf.language != EVERY_LANGUAGE:
        rows = rows.filter(language=conf.language or key.language)
    if conf.kind:
        rows = rows.filter(kind=conf.kind)
    if conf.tag:
        rows = rows.filter(pk__in=Tagged.objects.filter(tag=folded(conf.tag)).values("card"))
    if not conf.locked:
        rows = rows.filter(free=True)
    known = {(one.content_type_id, one.object_pk) for one in (key, *without)}
    for type_id, pk in sorted(known):
        rows = rows.exclude(Q(content_type=type_id, object_pk=pk))
    room = most * CARDS_OF_ONE if conf.language == EVERY_LANGUAGE else most
    return _each_once(rows.order_by("-published", "-pk")[:room], key.language, lambda row: row)[:most]


def _each_once(things: Iterable[T], language: str, card_of: Callable[[T], CardRow]) -> list[T]:
    """Return the things of each subject once, in their order: in a language, else the first one."""
    once: dict[tuple[int, str], T] = {}
    for thing in things:
        card = card_of(thing)
        if _subject(card) not in once or card.language == language:
            once[_subject(card)] = thing
    return list(once.values())


def _fits(card: CardRow, conf: BestConf) -> bool:
    has_tag = not conf.tag or folded(conf.tag) in map(folded, card.tags)
    return (card.free or conf.locked) and has_tag and (not conf.kind or card.kind == conf.kind)


def _subject(card: CardRow) -> tuple[int, str]:
    return card.content_type_id, card.object_pk
