"""From deliveries that are due to mails in the outbox: those of one discussion in one mail, a digest's in one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from secrets import token_hex
from typing import Final, NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from smo_kit.core.chunks import CHUNK, in_chunks
from smo_kit.core.emails import folded
from smo_kit.core.marks import mark
from smo_kit.core.transactions import free, patiently
from smo_kit.mail.headers import new_message_id
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.mail.models import State as MailState
from smo_kit.mail.services import put_many, recall
from smo_kit.notify.due_times import due_for, is_held
from smo_kit.notify.fan_out import spread
from smo_kit.notify.kinds import NEWS, Frequency
from smo_kit.notify.models import Delivery, Subscriber

PREFIX: Final = "notify:"
"""The keys of mails begin so; subscriber, discussion (0: several) and what only this run has follow."""
MOST_MAILS: Final = 3
"""What is due at once of more discussions goes to a subscriber in one mail; after a pause, of more than one."""
MOST_ROWS: Final = 5000
"""Deliveries that are put into mails at once."""
MARK: Final = 16
"""Hexadecimal digits in a Message-ID that nobody can guess."""


def work(limit: int) -> int:
    """Do about ``limit`` of what is to be done before mails are sent; return how much it was. A source of ``mail``."""
    return spread(limit) + collect(limit)


def collect(limit: int) -> int:
    """Put mails into the outbox for about ``limit`` deliveries that are due; return for how many."""
    return patiently(lambda: _collect(limit))


def hold_back(subscriber: Subscriber, due: dt.datetime | None) -> None:
    """Let what a subscriber was not told yet be due at another time, also what waits in the outbox; None: never."""
    hold_all_back([subscriber], due)


def hold_all_back(subscribers: Sequence[Subscriber], due: dt.datetime | None) -> None:
    """Do the same for some hundreds, in a few queries."""
    untold = Delivery.objects.filter(subscriber__in=subscribers, told_at__isnull=True)
    untold.unbound().update(due=due)  # waits for who is putting them into a mail, so that the next line finds it
    for keys in in_chunks(untold.exclude(mail_key="").values_list("mail_key", flat=True).distinct()):
        recall(keys)
        recalled = Mail.objects.filter(key__in=keys, state=MailState.RECALLED).values_list("key", flat=True)
        untold.filter(mail_key__in=list(recalled)).update(mail_key="", due=due)


def reschedule(subscribers: Iterable[Subscriber], now: dt.datetime) -> None:
    """Let what subscribers were not told yet be due when each wants his mails by now."""
    by_due: dict[dt.datetime | None, list[Subscriber]] = defaultdict(list)
    for one in subscribers:
        by_due[due_for(one, now)].append(one)
    for due, some in by_due.items():
        hold_all_back(some, due)


def is_digest(key: str) -> bool:
    """Say of a mail, by its key, whether it is about whatever is new, and not about one discussion."""
    return key.split(":")[2:3] == ["0"]


class Row(NamedTuple):
    """What is to be known of a delivery to put it into a mail."""

    pk: int
    subscriber_id: int
    discussion_id: int
    entry_id: int
    created: dt.datetime


def _collect(limit: int) -> int:
    now = timezone.now()
    here = Delivery.objects.due(now).filter(subscriber__in=Subscriber.objects.here())
    due = list(free(here).values_list("subscriber_id", flat=True)[: min(limit, CHUNK)])
    if not due:
        return 0
    subscribers = Subscriber.objects.in_bulk(set(due))
    for one in [one for one in subscribers.values() if is_held(one, now) or not folded(one.address)]:
        held = Delivery.objects.unbound().filter(subscriber=subscribers.pop(one.pk))
        held.update(due=due_for(one, now) if is_held(one, now) else None)
    run = token_hex(4)  # after a recall the same group goes into another mail
    by_discussion, digests = _groups(_rows(subscribers), subscribers)
    _bind(by_discussion, F("discussion"), run)
    _bind(digests, Value(0), run)
    groups = [*((one, one[0].discussion_id) for one in by_discussion), *((one, 0) for one in digests)]
    put_many(_letter(subscribers[one[0].subscriber_id], one, discussion, run) for one, discussion in groups)
    return len(due)


def _rows(subscribers: Collection[int]) -> list[Row]:
    """Return all that waits for these subscribers; of as many as there is room for, of one at least."""
    waiting = Delivery.objects.unbound().filter(subscriber__in=list(subscribers)).order_by("subscriber_id", "pk")
    rows = [Row(*columns) for columns in free(waiting).values_list(*Row._fields)[:MOST_ROWS]]
    if len(rows) < MOST_ROWS:
        return rows
    return [row for row in rows if row.subscriber_id != rows[-1].subscriber_id] or rows


def _groups(rows: Iterable[Row], subscribers: dict[int, Subscriber]) -> tuple[list[list[Row]], list[list[Row]]]:
    """Return what goes into one mail each, the oldest comment first: of one discussion, and of several."""
    single: list[list[Row]] = []
    mixed: list[list[Row]] = []
    everybody: dict[int, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        everybody[row.subscriber_id][row.discussion_id].append(row)
    for pk, by_discussion in everybody.items():
        every = [row for some in by_discussion.values() for row in some]
        if len(by_discussion) <= _most_mails(subscribers[pk], every):
            single += by_discussion.values()
        else:
            mixed.append(every)
    return single, mixed


def _most_mails(subscriber: Subscriber, rows: Iterable[Row]) -> int:
    """Return how many mails about one discussion each somebody may get at once; 0: he wants a digest."""
    if subscriber.frequency != Frequency.INSTANT:
        return 0
    paused = subscriber.paused_until
    return 1 if paused and any(row.created <= paused for row in rows) else MOST_MAILS


def _bind(groups: Iterable[list[Row]], discussion: F | Value, run: str) -> None:
    """Write down the keys of their mails, which the database puts together by itself: that is ten times faster."""
    parts = (Cast("subscriber", CharField()), Value(":"), Cast(discussion, CharField()), Value(f":{run}"))
    for pks in in_chunks(row.pk for group in groups for row in group):
        Delivery.objects.filter(pk__in=pks).update(due=None, mail_key=Concat(Value(PREFIX), *parts))


def _letter(subscriber: Subscriber, group: list[Row], discussion_id: int, run: str) -> Letter:
    """Return the mail that is to tell a group, without its text."""
    return Letter(
        to=subscriber.address,
        kind=NEWS,
        subject="…",
        language=subscriber.language,
        key=f"{PREFIX}{subscriber.pk}:{discussion_id}:{run}",
        message_id=new_message_id(left_part(group[-1].entry_id, subscriber)),
    )


def left_part(entry_id: int, subscriber: Subscriber) -> str:
    """Return what a mail's Message-ID begins with, whose last comment this is: nobody finds it by those of others."""
    return f"comment.{entry_id}.{mark('smo_kit.notify.mail', f'{entry_id} {subscriber.address}')[:MARK]}"
