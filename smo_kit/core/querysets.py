"""Questions to many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model, Q, QuerySet

from smo_kit.core.subjects import Key, source_of

if TYPE_CHECKING:
    from smo_kit.core.models import CardRow


def about(keys: Iterable[Key], path: str = "") -> Q:
    """Return what finds the rows of these subjects by an index that begins with their content type.

    ``path`` leads to the table that has the subject, as in ``entry__comment__``.
    """
    groups: dict[int, set[str]] = defaultdict(set)
    for key in keys:
        groups[key.content_type_id].add(key.object_pk)
    wanted = Q(pk__in=[])
    for content_type, pks in groups.items():
        wanted |= Q(**{f"{path}content_type": content_type, f"{path}object_pk__in": pks})
    return wanted


class CardRowQuerySet(QuerySet["CardRow"]):
    """Snapshots of cards."""

    def showing(self, objects: Iterable[Model]) -> CardRowQuerySet:
        """Return the rows of the cards of these objects, in every language."""
        groups: dict[int, set[str]] = defaultdict(set)
        for obj in objects:
            source_type, pk = source_of(obj)
            groups[source_type].add(pk)
        wanted = Q(pk__in=[])
        for source_type, pks in groups.items():
            wanted |= Q(source_type=source_type, source_pk__in=pks)
        return self.filter(wanted)

    def by_source(self, objects: Iterable[Model], language: str) -> dict[tuple[int, str], CardRow]:
        """Return the row of each object by its (content type, pk): that of the language, else the one there is."""
        rows = sorted(self.showing(objects), key=lambda row: row.language == language)
        return {(row.source_type_id, row.source_pk): row for row in rows}
