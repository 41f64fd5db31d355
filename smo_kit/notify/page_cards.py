"""The pages that notifications are about, of many discussions in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language, override

from smo_kit.comments.models import Discussion
from smo_kit.core.cards import Card, cards_for
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of

Cards = Mapping[tuple[int, str], Card | None]
"""Cards by the discussion's primary key and a reader's language; None: nobody may see the page now."""


def cards_of(wanted: Iterable[tuple[Discussion, str]]) -> Cards:
    """Return the cards of the pages of discussions, in their own language, or else the reader's.

    For each language one query, and one or two for each model.
    """
    every = {(one.pk, language): one for one, language in wanted}
    groups: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for key, one in every.items():
        groups[one.language or key[1], one.content_type_id].append(key)
    cards: dict[tuple[int, str], Card | None] = {}
    for (language, content_type), keys in groups.items():
        found = _cards_in(language, content_type, [every[key] for key in keys])
        cards |= {key: found.get(every[key].object_pk) for key in keys}
    return cards


def titles_of(discussions: Iterable[Discussion]) -> dict[int, str]:
    """Return by the discussions' primary keys what the pages are called that anybody may see, in the active language
    where they have it."""
    cards = cards_of((one, get_language() or "") for one in discussions)
    return {pk: card.title or card.url for (pk, _language), card in cards.items() if card is not None}


def _cards_in(language: str, content_type: int, discussions: Sequence[Discussion]) -> dict[str, Card]:
    pks = {one.object_pk for one in discussions}
    model = ContentType.objects.get_for_id(content_type).model_class()
    registration = registration_of(model) if model else None
    if registration is None:  # its pages are: versions and translations of it
        rows = CardRow.objects.filter(content_type=content_type, object_pk__in=pks)
        return {row.object_pk: row.as_card() for row in sorted(rows, key=lambda row: row.language == language)}
    subjects = list(registration.public().filter(pk__in=pks))
    with override(language):
        cards = zip(subjects, cards_for(subjects), strict=True)
    return {str(one.pk): card for one, card in cards if card is not None}
