"""The page of a subject, as a reader may see it, and whose it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from smo_kit.core.cards import Card, NotRegistered, card_for
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key


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
