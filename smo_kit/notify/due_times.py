"""When somebody's mail is due."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone

from smo_kit.notify.conf import DAYS, notify_settings
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.models import Subscriber

FOREVER: Final = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
"""Until when somebody's mails are paused who has not said when he will be back."""


def due_for(subscriber: Subscriber, now: dt.datetime) -> dt.datetime | None:
    """Return when a mail is due that tells a subscriber of something new; None: he gets no mail."""
    if not _gets_mail(subscriber):
        return None
    due = _due_by(subscriber.frequency, now)
    return max(due, subscriber.paused_until) if subscriber.paused_until else due


def is_held(subscriber: Subscriber, now: dt.datetime) -> bool:
    """Say whether a subscriber is to get no mail now; ``due_for`` says when."""
    return is_paused(subscriber, now) or not _gets_mail(subscriber)


def is_paused(subscriber: Subscriber, now: dt.datetime) -> bool:
    """Say whether a subscriber has put off what he would hear of."""
    return subscriber.paused_until is not None and subscriber.paused_until > now


def oldest_kept(now: dt.datetime) -> dt.datetime:
    """Return the time before which nothing is kept: neither what somebody was told, nor that he has ended all."""
    return now - dt.timedelta(days=notify_settings().keep_days)


def _gets_mail(subscriber: Subscriber) -> bool:
    is_proved = subscriber.confirmed_at is not None and bool(subscriber.address)
    return is_proved and subscriber.frequency != Frequency.NEVER


def _due_by(frequency: str, now: dt.datetime) -> dt.datetime:
    conf = notify_settings()
    if frequency == Frequency.INSTANT:
        return now + dt.timedelta(seconds=conf.debounce_seconds)
    local = timezone.localtime(now, timezone.get_default_timezone())
    next_one = local.replace(hour=conf.digest_hour, minute=0, second=0, microsecond=0)
    if next_one <= local:
        next_one += dt.timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        next_one += dt.timedelta(days=(DAYS.index(conf.digest_day) - next_one.weekday()) % 7)
    return next_one.astimezone(dt.UTC)
