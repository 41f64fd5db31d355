"""What an editor does for many subscribers at once: a few queries for each few hundred of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from smo_kit.core.chunks import in_chunks
from smo_kit.core.transactions import patiently
from smo_kit.notify.due_times import is_held
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.mail_queue import hold_all_back, reschedule
from smo_kit.notify.models import Delivery, Subscriber


def pause_all(subscribers: Iterable[Subscriber], until: dt.datetime) -> int:
    """Send them nothing until then; return how many they are. See ``services.pause``."""
    return _change_all(subscribers, paused_until=until)


def end_mails_of(subscribers: Iterable[Subscriber]) -> int:
    """Send them no mail any more; return how many they are. See ``services.end_all``."""
    return _change_all(subscribers, frequency=Frequency.NEVER, ended_at=timezone.now(), browsers=[])


def release(subscribers: Iterable[Subscriber], now: dt.datetime) -> int:
    """Let what waits for them be due now, but not for those who are away or want no mail; return how much it is."""
    able = (one for one in subscribers if not is_held(one, now))
    return sum(patiently(partial(_release, some, now)) for some in in_chunks(able))


def _release(subscribers: Sequence[Subscriber], now: dt.datetime) -> int:
    hold_all_back(subscribers, now)
    return Delivery.objects.due(now).filter(subscriber__in=subscribers).count()


def _change_all(subscribers: Iterable[Subscriber], **columns: Any) -> int:
    return sum(patiently(partial(_change, some, columns)) for some in in_chunks(subscribers))


def _change(subscribers: Sequence[Subscriber], columns: dict[str, Any]) -> int:
    Subscriber.objects.filter(pk__in=[one.pk for one in subscribers]).update(**columns)
    for one in subscribers:
        for name, value in columns.items():
            setattr(one, name, value)
    reschedule(subscribers, timezone.now())
    return len(subscribers)
