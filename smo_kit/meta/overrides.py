"""An editor's words take the place of the object's own, in every card that anybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import override as speaking

from smo_kit.core.cards import Card, forget_card, refine
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew_by_id
from smo_kit.core.subjects import Key
from smo_kit.core.tables import is_migrated
from smo_kit.core.tasks import enqueue_on_commit
from smo_kit.meta.focus import focus_named
from smo_kit.meta.models import Override


@refine(100)
def with_overrides(cards: Sequence[tuple[Key | None, Card]]) -> list[Card]:
    """Put editors' words into the cards of their pages: one query for all."""
    keys = [key for key, _ in cards if key]
    found = Override.objects.of(keys) if keys and is_migrated(Override) else {}
    return [overridden(card, found[key]) if key in found else card for key, card in cards]


def overridden(card: Card, words: Override) -> Card:
    """Return the card with what the editor filled in."""
    changes: dict[str, Any] = {}
    if words.title:
        changes["title"] = words.title
    if words.description:
        changes["summary"] = words.description
    if words.image:
        changes |= {"image": words.image, "image_alt": words.image_alt}
    elif words.image_alt:
        changes["image_alt"] = words.image_alt
    if words.template:
        changes["template"] = words.template
    if place := focus_named(words.focus):
        changes["focus"] = place
    return replace(card, **changes) if changes else card


def save_words(
    key: Key, *, title: str, description: str, image: Any, image_alt: str, template: str = "", focus: str = ""
) -> Override:
    """Give a page words of an editor's own in the key's language; empty ones leave the object's.

    ``template`` is the name of a card image's design, ``focus`` one of ``smo_kit.meta.focus.PLACES``.
    """
    words = {"title": title, "description": description, "image": image, "image_alt": image_alt}
    words |= {"template": template, "focus": focus}
    saved, _ = Override.objects.update_or_create(defaults=words, **_fields(key))
    return saved


def clear_words(key: Key) -> None:
    """Go back to the object's own words in the key's language."""
    Override.objects.filter(**_fields(key)).delete()


def renew_page(key: Key) -> None:
    """Let readers and lists see what an editor has just changed of a page."""
    for content_type_id, pk in objects_shown_at(key):
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is not None:
            _forget_on_commit(model(pk=pk), key.language)
            enqueue_on_commit(renew_by_id, content_type_id, pk)


def objects_shown_at(key: Key) -> list[tuple[int, str]]:
    """Return (content type, pk) of the objects whose card shows a page: the snapshot's, else the subject itself."""
    rows = CardRow.objects.filter(**_fields(key)).values_list("source_type_id", "source_pk")
    return list(rows) or [(key.content_type_id, key.object_pk)]


def card_in_own_words(row: CardRow) -> Card | None:
    """Return the card in the object's own words; None when the object is gone or its card function fails."""
    model = ContentType.objects.get_for_id(row.source_type_id).model_class()
    registration = registration_of(model) if model else None
    try:
        obj = registration.public().filter(pk=row.source_pk).first() if registration else None
        with speaking(row.language):
            return registration.card(obj) if registration and obj is not None else None
    except Exception:  # the site's own code: the editor can go on without it
        return None


def _fields(key: Key) -> dict[str, Any]:
    return {**key.fields, "language": key.language}


def _forget_on_commit(obj: Model, language: str) -> None:
    transaction.on_commit(lambda: forget_card(obj), robust=True)
