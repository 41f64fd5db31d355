"""The pages that are put in order, and those that may stand beside them: read for many pages at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple, TypeAlias

from django.db.models import Q, QuerySet
from django.utils import timezone

from smo_kit.best.bulk import ASKED
from smo_kit.best.models import Neighbour
from smo_kit.core.chunks import in_chunks
from smo_kit.core.models import CardRow

Subject: TypeAlias = tuple[int, str]
"""Content type and pk: what a ``Key`` holds without its language."""

_COLUMNS: Final = (
    "pk",
    "content_type_id",
    "object_pk",
    "language",
    "title",
    "author",
    "tags",
    "published",
    "free",
    "smo_text__words",
    "smo_text__offered",
)


class Page(NamedTuple):
    """What the order depends on of a card."""

    pk: int
    subject: Subject
    language: str
    title: str
    author: str
    tags: tuple[str, ...]
    published: dt.datetime | None
    free: bool
    words: tuple[str, ...]
    """The strongest words of its text."""
    offered: bool | None
    """None: it has no text in the index, and stands only where an editor pins it."""


class Row(NamedTuple):
    """What ``Neighbour`` holds of a page beside another."""

    pk: int
    similarity: int
    place: int | None
    reason: str
    detail: str
    worth: int


def pages_of(rows: QuerySet[CardRow]) -> list[Page]:
    """Return what is known of cards: one query."""
    return [
        Page(
            pk, (type_id, of), language, title, author, tuple(tags or ()), published, free, tuple(words or ()), offered
        )
        for pk, type_id, of, language, title, author, tags, published, free, words, offered in rows.values_list(
            *_COLUMNS
        )
    ]


def these(subjects: Iterable[Subject], content_type: str = "content_type_id", pk: str = "object_pk") -> Q:
    """Return the condition that a row is of one of the subjects, by the names of its columns."""
    groups: dict[int, set[str]] = defaultdict(set)
    for type_id, of in subjects:
        groups[type_id].add(of)
    wanted = Q(pk__in=[])
    for type_id, pks in groups.items():
        wanted |= Q(**{content_type: type_id, f"{pk}__in": pks})
    return wanted


def stored_neighbours(cards: Collection[int]) -> dict[int, dict[int, Row]]:
    """Return the rows that stand beside each card, by the other's id."""
    stored: dict[int, dict[int, Row]] = {card: {} for card in cards}
    rows = Neighbour.objects.filter(card__in=cards)
    for card, other, *columns in rows.values_list("card_id", "other_id", *Row._fields):
        stored[card][other] = Row(*columns)
    return stored


def cards_of(subjects: Collection[Subject], languages: Collection[str]) -> list[Page]:
    """Return the pages of subjects in some languages: one query for ``ASKED`` subjects."""
    rows = CardRow.objects.filter(language__in=languages)
    return [page for some in in_chunks(subjects, ASKED) for page in pages_of(rows.filter(these(some)))]


def newest(language: str, most: int) -> list[Page]:
    """Return the pages of a language that were published last; none whose day is unknown, or is yet to come."""
    rows = CardRow.objects.filter(language=language, smo_text__offered=True, published__lte=timezone.now())
    return pages_of(rows.order_by("-published", "-pk")[:most])
