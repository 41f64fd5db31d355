"""What ratings throw away: those of subjects that were deleted past Django, and the marks of what was taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import timezone

from smo_kit.core.chunks import in_chunks
from smo_kit.core.lost import lost
from smo_kit.core.settings import site_id
from smo_kit.core.sweeps import register_sweep
from smo_kit.ratings.models import Rating, Summary

TAKEN_BACK_DAYS: Final = 30
"""For so long it is known that a reader has rated a subject before, so that he is not counted as a new one."""


def forget_taken_back() -> int:
    """Delete ratings that were taken back long ago; return how many."""
    before = timezone.now() - dt.timedelta(days=TAKEN_BACK_DAYS)
    return Rating.objects.filter(site_id=site_id(), value="", changed__lt=before).delete()[0]


def forget_orphans() -> int:
    """Delete the ratings of subjects that are not there any more; return how many subjects that were."""
    gone = 0
    for content_type in ContentType.objects.filter(pk__in={*_rated("content_type")}):
        for pks in in_chunks(sorted({*_rated("object_pk", content_type=content_type)})):
            orphans = lost(content_type, pks)
            for table in (Summary, Rating):
                table._default_manager.filter(content_type=content_type, object_pk__in=orphans).delete()
            gone += len(orphans)
    return gone


def _rated(column: str, **where: Any) -> Iterator[Any]:
    """Yield a column of what is rated: of all that is counted, and of ratings that nobody counts."""
    same = {name: OuterRef(name) for name in ("site_id", "content_type", "object_pk", "kind")}
    for rows in (Summary.objects.all(), Rating.objects.filter(~Exists(Summary.objects.filter(**same)))):
        yield from rows.filter(**where).order_by().values_list(column, flat=True).distinct()


register_sweep("ratings taken back", forget_taken_back)
register_sweep("ratings of deleted pages", forget_orphans)
