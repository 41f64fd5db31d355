"""The public pages of subjects, as their snapshots are."""

from __future__ import annotations

from django.utils.translation import get_language

from smo_kit.core.models import CardRow
from smo_kit.core.querysets import about
from smo_kit.core.subjects import Key


def pages_of(keys: set[Key]) -> dict[Key, CardRow]:
    """Return the page of each subject in the active language, else the one there is; in one query."""
    rows = CardRow.objects.filter(about(keys))
    ordered = sorted(rows.only("content_type_id", "object_pk", "language", "title", "url"), key=_is_here)
    return {row.key.speaking(""): row for row in ordered}


def _is_here(row: CardRow) -> bool:
    return row.language == get_language()
