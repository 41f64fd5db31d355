"""What the pages are called that notifications are about, of many in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language, override

from smo_kit.comments.models import Discussion
from smo_kit.core.cards import cards_for
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of

Page = tuple[int, str, str]
"""Content type and primary key of a subject, and the language that the discussion is held in ("": in all)."""


def page_of(discussion: Discussion) -> Page:
    """Return the page of a discussion."""
    return discussion.content_type_id, discussion.object_pk, discussion.language


def snapshots_of(discussions: Iterable[Discussion]) -> dict[Page, CardRow]:
    """Return the snapshots of pages that have some, in one query: each in the language of its discussion, in the active
    one where it has none, or in whatever there is."""
    wanted = {page_of(one) for one in discussions}
    rows: dict[tuple[int, str], dict[str, CardRow]] = defaultdict(dict)
    for row in CardRow.objects.filter(object_pk__in={pk for _type, pk, _language in wanted}):
        rows[row.content_type_id, row.object_pk][row.language] = row
    active = get_language() or ""
    return {
        page: known.get(page[2]) or known.get(active) or next(iter(known.values()))
        for page in wanted
        if (known := rows.get(page[:2]))
    }


def titles_of(discussions: Iterable[Discussion]) -> dict[Page, str]:
    """Return the titles of the pages that anybody may see, in the languages of ``snapshots_of``.

    One query for all that have a snapshot, and two for each model of which some have none.
    """
    discussions = list(discussions)
    titles = {page: row.title for page, row in snapshots_of(discussions).items()}
    return titles | _without_snapshot({page_of(one) for one in discussions} - titles.keys())


def _without_snapshot(pages: Iterable[Page]) -> dict[Page, str]:
    by_type: dict[tuple[int, str], list[str]] = defaultdict(list)
    for content_type, pk, language in pages:
        by_type[content_type, language].append(pk)
    titles: dict[Page, str] = {}
    for (content_type, language), pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and registration_of(model):
            subjects = list(model._base_manager.filter(pk__in=pks))
            with override(language or get_language()):
                cards = zip(subjects, cards_for(subjects), strict=True)
            known = {str(one.pk): card.title or card.url for one, card in cards if card is not None}
            titles |= {(content_type, pk, language): title for pk, title in known.items()}
    return titles
