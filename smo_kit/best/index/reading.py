"""What the index reads of cards: their words, from the objects as they are now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from smo_kit.best.tag_names import folded_each
from smo_kit.best.texts.documents import Document
from smo_kit.best.texts.words import Bag, bag_of
from smo_kit.core.cards import Card, own_card
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import Registration, registration_of
from smo_kit.core.text import plain

logger = event_logger(__name__)

CHARACTERS: Final = 300_000
"""Characters of a card's text that are read, with its markup: a book is known by its beginning."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a card says, as the index keeps it."""

    digest: str
    bag: Bag
    tags: tuple[str, ...]


@dataclass(slots=True)
class Readings:
    """What was read of some cards, by their ids. Those that stand in neither are public no longer."""

    found: dict[int, Reading] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)
    """Their card function raises: the log says how."""


def digest_of(title: str, body: str, tags: Iterable[str]) -> str:
    """Return what changes when a text has to be read again."""
    said = json.dumps([title, body, list(tags)], ensure_ascii=True)
    return blake2b(said.encode(), digest_size=16).hexdigest()


def body_of(card: Card | CardRow, text: str) -> str:
    """Return what a card is about at length: its text, else its summary."""
    return text or card.summary


def read(rows: Sequence[CardRow]) -> Readings:
    """Read cards: one query for the objects of each model. What one of them raises spoils no other."""
    readings = Readings()
    by_source: dict[int, list[CardRow]] = defaultdict(list)
    for row in rows:
        by_source[row.source_type_id].append(row)
    for content_type, its_rows in by_source.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        registration = registration_of(model) if model else None
        if registration is not None:
            _read_objects(registration, its_rows, readings)
    return readings


def _read_objects(registration: Registration, rows: Sequence[CardRow], readings: Readings) -> None:
    public = registration.public().filter(pk__in={row.source_pk for row in rows})
    objects = {str(obj.pk): obj for obj in public}
    for row in rows:
        obj = objects.get(row.source_pk)
        if obj is None:
            continue
        try:
            readings.found[row.pk] = _reading(row, registration, obj)
        except Exception:
            logger.exception(
                "The text of %r can't be read now; it is tried again later.", obj, extra=event("best.text_unread")
            )
            readings.failed.add(row.pk)


def _reading(row: CardRow, registration: Registration, obj: Model) -> Reading:
    body = body_of(row, own_card(registration, obj, row.language).text)
    tags = tuple(row.tags)
    start = body[:CHARACTERS]
    text = plain(start) if "<" in start else start
    bag = bag_of(Document(row.pk, row.title, text, tags, row.language))
    return Reading(digest_of(row.title, body, tags), bag, folded_each(tags))
