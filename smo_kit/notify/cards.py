"""The pages that mails are about, of many discussions in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from smo_kit.comments.models import Discussion
from smo_kit.comments.pages import card_of
from smo_kit.core.cards import Card, cards_for
from smo_kit.core.registrations import registration_of

Cards = Mapping[tuple[int, str], Card | None]
"""Cards by the discussion's primary key and a reader's language; None: nobody may see the page now."""


def cards_of(wanted: Iterable[tuple[Discussion, str]]) -> Cards:
    """Return the cards of the pages of discussions, in their own language, or else the reader's.

    For each language one query, and one or two for each model; a page that is no registered model's is found by itself.
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


def _cards_in(language: str, content_type: int, discussions: Sequence[Discussion]) -> dict[str, Card | None]:
    model = ContentType.objects.get_for_id(content_type).model_class()
    registration = registration_of(model) if model else None
    if registration is None:
        return {one.object_pk: card_of(one.key, language=language) for one in discussions}
    subjects = list(registration.public().filter(pk__in={one.object_pk for one in discussions}))
    with override(language):
        return {str(one.pk): card for one, card in zip(subjects, cards_for(subjects), strict=True)}
