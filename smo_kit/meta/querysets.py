"""Questions to many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from smo_kit.core.subjects import Key

if TYPE_CHECKING:
    from smo_kit.meta.models import Override


class OverrideQuerySet(QuerySet["Override"]):
    """Words of editors."""

    def of(self, keys: Iterable[Key]) -> dict[Key, Override]:
        """Return the override of each key that has one, by one query."""
        groups: dict[tuple[int, str], set[str]] = defaultdict(set)
        for key in keys:
            groups[key.content_type_id, key.language].add(key.object_pk)
        if not groups:
            return {}
        wanted = Q()
        for (content_type, language), pks in groups.items():
            wanted |= Q(content_type=content_type, language=language, object_pk__in=pks)
        return {one.key: one for one in self.filter(wanted)}
