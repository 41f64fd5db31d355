"""Which device is to be told of which comment: rows, written with the deliveries, taken by any worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.utils import timezone

from smo_kit.comments.models import Entry
from smo_kit.core.settings import site_id
from smo_kit.core.transactions import free, patiently
from smo_kit.notify.models import Delivery, Push, PushDevice
from smo_kit.notify.push.keys import is_ready

LEASE: Final = dt.timedelta(minutes=2)
"""For how long a push is in one worker's hands; it needs a few seconds. Then another takes it."""


def queue_pushes(entry: Entry, deliveries: Iterable[Delivery]) -> None:
    """Let the devices of those who are told of a comment show it, in the same transaction: two queries, or none."""
    if not is_ready():
        return
    people = [one.subscriber_id for one in deliveries if one.subscriber.user_id is not None]
    devices = PushDevice.objects.filter(subscriber__in=people).values_list("pk", flat=True) if people else []
    Push.objects.bulk_create((Push(device_id=pk, entry=entry) for pk in devices), ignore_conflicts=True)


def forget_pushes(entry: Entry) -> None:
    """Recall what no device was told of a comment."""
    Push.objects.filter(entry=entry, due__isnull=False).delete()


def claim(limit: int) -> list[Push]:
    """Take at most so many pushes that are due, the oldest first; nobody else takes them for a while."""
    return patiently(lambda: _claim(limit))


def give_back(rows: Iterable[Push]) -> None:
    """Let others have what was not tried."""
    Push.objects.filter(pk__in=[row.pk for row in rows]).update(due=timezone.now())


def _claim(limit: int) -> list[Push]:
    now = timezone.now()
    devices = PushDevice.objects.filter(subscriber__site_id=site_id())
    due = Push.objects.filter(due__lte=now, device__in=devices).order_by("due", "pk")
    pks = list(free(due).values_list("pk", flat=True)[:limit])
    if not pks:
        return []
    Push.objects.filter(pk__in=pks).update(due=now + LEASE)
    rows = Push.objects.filter(pk__in=pks).order_by("pk")
    return list(rows.select_related("device__subscriber", "entry__comment", "entry__discussion"))
