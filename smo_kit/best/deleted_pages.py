"""What editors chose of pages that are deleted by now. A page that merely is not public now keeps it."""

from __future__ import annotations

from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from smo_kit.best.models import Choice, Curation, Pick
from smo_kit.core.chunks import in_chunks
from smo_kit.core.lost import lost

_TABLES: Final[tuple[type[Model], ...]] = (Pick, Choice, Curation)


def forget_choices_of_gone() -> int:
    """Delete picks and choices of pages that are not there any more, on every site; return how many."""
    return sum(_forget(table, content_type) for table in _TABLES for content_type in _types(table))


def _types(table: type[Model]) -> list[ContentType]:
    return list(ContentType.objects.filter(pk__in=table._default_manager.values("content_type")))


def _forget(table: type[Model], content_type: ContentType) -> int:
    rows = table._default_manager.filter(content_type=content_type)
    gone = 0
    for pks in in_chunks(list(rows.order_by("object_pk").values_list("object_pk", flat=True).distinct())):
        gone += rows.filter(object_pk__in=lost(content_type, pks)).delete()[1].get(table._meta.label, 0)
    return gone
