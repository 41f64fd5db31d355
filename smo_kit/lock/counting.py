"""How often locks are shown, tried and opened: sums of days, in which nobody is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal

from django.db import router, transaction
from django.utils import timezone

from smo_kit.engagement.buffer import Buffer, Row, keep_to_the_end
from smo_kit.engagement.conf import engagement_settings
from smo_kit.engagement.upsert import CHUNK, add
from smo_kit.lock.models import Count

What = Literal["shown", "tried", "opened"]


def count(lock_id: int, what: What, *, way: str = "", network: str = "", variant: str = "") -> None:
    """Count one more, by one statement as soon as the transaction has come true; showings wait for others like them.

    Whoever calls is not troubled: what can't be written now is kept and tried again.
    """
    row = (lock_id, today(), what, way, network, variant)
    wait = engagement_settings().buffer_seconds if what == "shown" else 0
    transaction.on_commit(lambda: buffer.add(row, 1, wait=wait), using=router.db_for_write(Count), robust=True)


def today() -> dt.date:
    """Return the day that is counted for (UTC)."""
    return timezone.now().astimezone(dt.UTC).date()


def _write(rows: Mapping[Row, int]) -> None:
    add(Count, Count.identity, "n", rows, router.db_for_write(Count))


buffer: Final = keep_to_the_end(Buffer(_write, chunk=CHUNK))
