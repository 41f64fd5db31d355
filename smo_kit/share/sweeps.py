"""What ``smo_sync`` does for personal links: verifies the fetches that no task has, and throws away what is old."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from smo_kit.core.chunks import in_chunks
from smo_kit.core.lost import lost
from smo_kit.core.settings import site_id
from smo_kit.core.sweeps import register_sweep
from smo_kit.share.conf import share_settings
from smo_kit.share.models import Fetch, PersonalLink, Visit
from smo_kit.share.verifying import verify_waiting

UNUSED_DAYS: Final = 365
"""A link by which nobody came is deleted when its sharer has not gone out for so long."""


def forget_old_visits() -> int:
    """Delete fetches and visits that are older than the setting says, on this site; the counts of links stay."""
    before = timezone.now() - dt.timedelta(days=share_settings().keep_days)
    return sum(
        table._default_manager.filter(link__site_id=site_id(), at__lt=before).delete()[0] for table in (Fetch, Visit)
    )


def forget_unused_links() -> int:
    """Delete links of this site that were not shared for a year and have brought nobody; return how many."""
    before = timezone.now() - dt.timedelta(days=UNUSED_DAYS)
    is_old = Q(opened__lt=before) | Q(opened__isnull=True, made__lt=before)
    unused = PersonalLink.objects.filter(is_old, site_id=site_id(), visits=0, visited__isnull=True)
    return sum(_delete(pks) for pks in in_chunks(list(unused.values_list("pk", flat=True))))


def forget_links_of_gone() -> int:
    """Delete links of pages that are not there any more, on every site; return how many."""
    gone = 0
    for content_type in ContentType.objects.filter(pk__in=PersonalLink.objects.values("content_type")):
        rows = PersonalLink.objects.filter(content_type=content_type)
        for pks in in_chunks(list(rows.order_by("object_pk").values_list("object_pk", flat=True).distinct())):
            left = rows.filter(object_pk__in=lost(content_type, pks)).values_list("pk", flat=True)
            gone += sum(_delete(chunk) for chunk in in_chunks(list(left)))
    return gone


def _delete(pks: list[int]) -> int:
    return PersonalLink.objects.filter(pk__in=pks).delete()[1].get(PersonalLink._meta.label, 0)


register_sweep("fetches of personal links", verify_waiting)
register_sweep("links of deleted pages", forget_links_of_gone)
register_sweep("links that brought nobody", forget_unused_links)
register_sweep("visits by personal links", forget_old_visits)
