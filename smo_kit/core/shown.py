"""The page of a subject, as a reader may see it, and whose it is."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from smo_kit.core.cards import Card, NotRegistered, card_for
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import sources_of
from smo_kit.core.subjects import Key


def page_of(key: Key, *, language: str = "") -> Model | None:
    """Return the object that has the card of a subject's page: itself, or one of its versions and translations.

    ``language`` says which, if there is one in it. None: it is gone, was never there, or nobody has said what it is.
    """
    try:
        subject = key.subject()
    except (ContentType.DoesNotExist, ValueError, ValidationError):  # a key of another day's site
        return None
    if subject is None or registration_of(type(subject)):
        return subject
    rows = sorted(CardRow.objects.filter(**key.fields), key=lambda row: (row.language == language, -row.pk))
    if rows:
        return Key(rows[-1].source_type_id, rows[-1].source_pk).subject()
    fresh = filter(None, (Key(*source).subject() for source in sources_of(subject)))  # no worker has come to them yet
    return max(fresh, key=lambda page: language in _languages_of(page), default=None)


def _languages_of(page: Model) -> tuple[str, ...]:
    registration = registration_of(type(page))
    return registration.languages_of(page) if registration else ()


def card_of(key: Key, *, language: str = "", request: HttpRequest | None = None) -> Card | None:
    """Return the card of a subject's page, or None if this reader may not see it (or it is gone)."""
    return card_on(key.subject(), key, language=language, request=request)


def card_on(subject: Model | None, key: Key, *, language: str = "", request: HttpRequest | None = None) -> Card | None:
    """Return the same of a subject that is fetched already; None: it is gone."""
    if subject is None:
        return None
    try:
        return card_for(subject, language=language or None, request=request)
    except NotRegistered:  # its pages are: versions and translations of it
        rows = list(CardRow.objects.filter(**key.fields))
        rows.sort(key=lambda row: row.language == language)
        return rows[-1].as_card() if rows else None


def owner_of(key: Key, card: Card | None) -> Any:
    """Return the primary key of the user whose page it is, or None."""
    if card is not None and card.owner is not None:
        return card.owner.pk
    return CardRow.objects.filter(**key.fields).values_list("owner_id", flat=True).first()
