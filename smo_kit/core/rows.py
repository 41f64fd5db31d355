"""CardRow, the snapshot of every card: kept right when objects change, and made whole by ``smo_sync``."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connections, router, transaction
from django.db.models import Model

from smo_kit.core.cards import Card, forget_card, own_card, refined, registered_key
from smo_kit.core.chunks import in_chunks
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import Registration, all_registrations, registration_of
from smo_kit.core.settings import ASK_EVERY
from smo_kit.core.signals import cards_renewed
from smo_kit.core.subjects import Key, key_of, source_of, subject_of
from smo_kit.core.tables import is_migrated
from smo_kit.core.tasks import task

logger = event_logger(__name__)

CHUNK: Final = 200
"""Objects whose rows are written by one statement."""


@dataclass(slots=True)
class Progress:
    """How far a sync has come. ``failed`` counts objects whose card function raised: the log has the tracebacks."""

    total: int
    done: int = 0
    rows: int = 0
    dropped: int = 0
    failed: int = 0


def renew(registration: Registration, objects: Sequence[Model], progress: Progress | None = None) -> None:
    """Write the rows of public objects of one model as they are now, and drop those they no longer have."""
    progress = progress or Progress(len(objects))
    made: list[tuple[Model, Card]] = []
    failed: set[str] = set()
    for obj in objects:
        try:
            made += _own_cards(registration, obj)
        except Exception:
            _fail(obj, failed)
    cards = [one for one in _refined(registration, made, failed) if str(one[0].pk) not in failed]
    rows = [_row(*one) for one in cards]
    _upsert(rows, failed)
    source_type = ContentType.objects.get_for_model(registration.model)
    there = CardRow.objects.filter(source_type=source_type, source_pk__in={str(obj.pk) for obj in objects} - failed)
    kept = {(row.object_pk, row.language) for row in rows}
    stale = [pk for pk, *rest in there.values_list("pk", "object_pk", "language") if tuple(rest) not in kept]
    CardRow.objects.filter(pk__in=stale).delete()
    news = [(key, card) for obj, key, card in cards if str(obj.pk) not in failed]
    cards_renewed.send_robust(sender=CardRow, cards=news)
    progress.done += len(objects)
    progress.rows += len(rows)
    progress.dropped += len(stale)
    progress.failed += len(failed)


@task
def renew_by_id(content_type_id: int, pk: str) -> None:
    """Renew the rows of an object that may have changed, be public no longer, or be gone."""
    if not is_migrated(CardRow):
        return
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    registration = registration_of(model) if model else None
    obj = registration.public_object(pk) if registration else None
    if registration and obj is not None:
        renew(registration, [obj])
    else:
        CardRow.objects.filter(source_type_id=content_type_id, source_pk=pk).delete()


def sources_of(obj: Model) -> list[tuple[int, str]]:
    """Return (content type, pk) of what a saved object changes: its own card, or the cards that it is subject of."""
    if registration_of(type(obj)) is not None:
        return [source_of(obj)]
    rows = CardRow.objects.filter(**key_of(obj).fields) if type(obj) in subject_models() else CardRow.objects.none()
    return list(rows.values_list("source_type_id", "source_pk").distinct()) or [*map(source_of, _spoken_for(obj))]


def _spoken_for(subject: Model) -> Iterator[Model]:
    """Yield the objects whose subject this is, by their foreign keys: they have no card yet, or have lost it."""
    for registration in all_registrations():
        links = registration.model._meta.concrete_fields if registration.subject else ()
        for link in links:
            if link.related_model is type(subject):
                objects = registration.model._base_manager.filter(**{link.name: subject.pk})
                first = objects.first()
                if first is not None and subject_of(first) == subject:
                    yield from objects


_subjects: tuple[float, frozenset[type[Model]]] = (float("-inf"), frozenset())


def subject_models() -> frozenset[type[Model]]:
    """Return the models that are subjects of other objects' cards, as the table knew some seconds ago."""
    global _subjects  # noqa: PLW0603  # what the process knows, as a whole
    asked, models = _subjects
    if time.monotonic() - asked < ASK_EVERY:
        return models
    models = frozenset(_asked_subject_models()) if is_migrated(CardRow) else frozenset()
    _subjects = (time.monotonic(), models)
    return models


def _asked_subject_models() -> Iterator[type[Model]]:
    for one in ContentType.objects.filter(pk__in=CardRow.objects.values("content_type")):
        model = one.model_class()
        if model and registration_of(model) is None:
            yield model


def forget_subject_models() -> None:
    """Look again which models are subjects: rows were written."""
    global _subjects  # noqa: PLW0603
    _subjects = (float("-inf"), frozenset())


def sync() -> Iterator[Progress]:
    """Renew the rows of every registered object and drop those of what is gone; yield how far it has come."""
    registrations = all_registrations()
    progress = Progress(sum(one.public().count() for one in registrations))
    for registration in registrations:
        seen: set[str] = set()
        for chunk in chunks_of(registration):
            renew(registration, chunk, progress)
            seen.update(str(obj.pk) for obj in chunk)
            yield progress
        progress.dropped += _drop(registration, seen)
    known = [ContentType.objects.get_for_model(one.model).pk for one in registrations]
    progress.dropped += CardRow.objects.exclude(source_type__in=known).delete()[0]
    yield progress


def chunks_of(registration: Registration) -> Iterator[list[Model]]:
    """Yield a model's public objects in chunks, each read whole: SQLite lets nobody write who reads an older state."""
    ordered = registration.public().order_by("pk")
    chunk = list(ordered[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(ordered.filter(pk__gt=chunk[-1].pk)[:CHUNK])


def _own_cards(registration: Registration, obj: Model) -> list[tuple[Model, Card]]:
    forget_card(obj)
    return [(obj, own_card(registration, obj, language)) for language in registration.languages_of(obj)]


def _refined(
    registration: Registration, made: Sequence[tuple[Model, Card]], failed: set[str]
) -> list[tuple[Model, Key, Card]]:
    """Return objects, keys and cards that are refined all at once; one by one if that fails."""
    keys = [registered_key(registration, obj, card) for obj, card in made]
    try:
        cards = refined([(key, card) for key, (_, card) in zip(keys, made, strict=True)])
    except Exception:
        if len(made) > 1:
            return [refined_one for one in made for refined_one in _refined(registration, [one], failed)]
        _fail(made[0][0], failed)
        return []
    return [(obj, key, card) for (obj, _), key, card in zip(made, keys, cards, strict=True)]


def _fail(obj: Model, failed: set[str]) -> None:
    logger.exception("The card of %r can't be made; its row stays as it was.", obj, extra=event("core.card_failed"))
    failed.add(str(obj.pk))


def _row(obj: Model, key: Key, card: Card) -> CardRow:
    source_type, source_pk = source_of(obj)
    identity: dict[str, Any] = {**key.fields, "language": key.language}
    return CardRow(source_type_id=source_type, source_pk=source_pk, **identity, **CardRow.columns_of(card))


def _upsert(rows: Iterable[CardRow], failed: set[str]) -> None:
    """Write rows together; if the database refuses, one by one, so that a bad one spoils no other."""
    single = list({(row.content_type_id, row.object_pk, row.language): row for row in rows}.values())
    try:
        with transaction.atomic():
            _write(single)
    except DatabaseError:
        if len(single) > 1:
            for row in single:
                _upsert([row], failed)
            return
        logger.exception(
            "The database refuses the snapshot of %s.", single[0].url, extra=event("core.snapshot_refused")
        )
        failed.add(single[0].source_pk)


def _write(rows: Sequence[CardRow]) -> None:
    names = [field.name for field in CardRow._meta.concrete_fields if not field.primary_key]
    identity = ["content_type", "object_pk", "language"]
    targets = connections[router.db_for_write(CardRow)].features.supports_update_conflicts_with_target
    CardRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=[name for name in names if name not in identity],
        unique_fields=identity if targets else None,
    )
    forget_subject_models()


def _drop(registration: Registration, seen: set[str]) -> int:
    rows = CardRow.objects.filter(source_type=ContentType.objects.get_for_model(registration.model))
    gone = [pk for pk, source in rows.values_list("pk", "source_pk") if source not in seen]
    return sum(CardRow.objects.filter(pk__in=chunk).delete()[0] for chunk in in_chunks(gone, CHUNK))
