"""How often a lock was shown, tried and opened on a day."""

from __future__ import annotations

import datetime as dt

from django.db import router
from django.utils import timezone

from smo_kit.engagement.upsert import add
from smo_kit.lock.models import Count


def count(lock_id: int, what: str, *, way: str = "", network: str = "", variant: str = "") -> None:
    """Count one more on this day."""
    today = timezone.now().astimezone(dt.UTC).date()
    rows = {(lock_id, today, what, way, network, variant): 1}
    add(Count, Count.identity, "n", rows, router.db_for_write(Count))
