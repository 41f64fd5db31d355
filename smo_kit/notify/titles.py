"""What the pages are called that notifications are about, of many in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language

from smo_kit.comments.models import Discussion
from smo_kit.core.cards import cards_for
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of

Page = tuple[int, str]
"""Content type and primary key of a subject."""


def page_of(discussion: Discussion) -> Page:
    """Return the page of a discussion."""
    return discussion.content_type_id, discussion.object_pk


def titles_of(discussions: Iterable[Discussion]) -> dict[Page, str]:
    """Return the titles of the pages that anybody may see, in the active language where they have it.

    One query for all that have a snapshot, and two for each model of which some have none.
    """
    wanted = {page_of(one) for one in discussions}
    rows = CardRow.objects.filter(object_pk__in={pk for _type, pk in wanted})
    language = get_language() or ""
    found = sorted(
        rows.values_list("content_type_id", "object_pk", "language", "title"), key=lambda row: row[2] == language
    )
    titles = {(content_type, pk): title for content_type, pk, _language, title in found}
    return titles | _without_snapshot(wanted - titles.keys())


def _without_snapshot(pages: Iterable[Page]) -> dict[Page, str]:
    by_type: dict[int, list[str]] = defaultdict(list)
    for content_type, pk in pages:
        by_type[content_type].append(pk)
    titles: dict[Page, str] = {}
    for content_type, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and registration_of(model):
            subjects = list(model._base_manager.filter(pk__in=pks))
            cards = zip(subjects, cards_for(subjects), strict=True)
            titles |= {(content_type, str(one.pk)): card.title or card.url for one, card in cards if card is not None}
    return titles
