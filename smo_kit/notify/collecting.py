"""From deliveries that are due to mails in the outbox: those of one discussion in one mail, a digest's in one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from secrets import token_hex
from typing import Final

from django.db import connections, router
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from smo_kit.core.chunks import CHUNK, in_chunks
from smo_kit.core.transactions import patiently
from smo_kit.mail.addresses import mark
from smo_kit.mail.headers import new_message_id
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.mail.models import State as MailState
from smo_kit.mail.services import put_many, recall
from smo_kit.notify.announcing import spread
from smo_kit.notify.kinds import NEWS, Frequency
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.querysets import DeliveryQuerySet
from smo_kit.notify.subscribers import folded_or_nothing
from smo_kit.notify.timing import due_for, is_held

PREFIX: Final = "notify:"
"""The keys of mails begin so; subscriber, discussion (0: several) and what only this run has follow."""
MOST_MAILS: Final = 3
"""What is due at once of more discussions goes to a subscriber in one mail."""


def work(limit: int) -> int:
    """Do about ``limit`` of what is to be done before mails are sent; return how much it was. A source of ``mail``."""
    return spread(limit) + collect(limit)


def collect(limit: int) -> int:
    """Put mails into the outbox for about ``limit`` deliveries that are due; return for how many."""
    return patiently(lambda: _collect(limit))


def hold_back(subscriber: Subscriber, due: dt.datetime | None) -> None:
    """Let what a subscriber was not told yet be due at another time, also what waits in the outbox; None: never."""
    untold = Delivery.objects.filter(subscriber=subscriber, told_at__isnull=True)
    untold.unbound().update(due=due)  # waits for who is putting them into a mail, so that the next line finds it
    for keys in in_chunks(untold.exclude(mail_key="").values_list("mail_key", flat=True).distinct()):
        recall(keys)
        recalled = Mail.objects.filter(key__in=keys, state=MailState.RECALLED).values_list("key", flat=True)
        untold.filter(mail_key__in=list(recalled)).update(mail_key="", due=due)


def _collect(limit: int) -> int:
    now = timezone.now()
    if not connections[router.db_for_write(Delivery)].features.has_select_for_update:
        Delivery.objects.filter(pk=0).update(due=None)  # SQLite's one lock is taken before anything is read
    due = list(_locked(Delivery.objects.due(now))[: min(limit, CHUNK)])
    if not due:
        return 0
    subscribers = Subscriber.objects.in_bulk({one.subscriber_id for one in due})
    for one in [one for one in subscribers.values() if is_held(one, now) or not folded_or_nothing(one.address)]:
        held = Delivery.objects.unbound().filter(subscriber=subscribers.pop(one.pk))
        held.update(due=due_for(one, now) if is_held(one, now) else None)
    rows = list(_locked(Delivery.objects.unbound().filter(subscriber__in=list(subscribers)).order_by("pk")))
    run = token_hex(4)  # after a recall the same group goes into another mail
    by_discussion, digests = _groups(rows, subscribers)
    _bind(by_discussion, F("discussion"), run)
    _bind(digests, Value(0), run)
    groups = [*((one, one[0].discussion_id) for one in by_discussion), *((one, 0) for one in digests)]
    put_many(_letter(subscribers[one[0].subscriber_id], one, discussion, run) for one, discussion in groups)
    return len(due)


def _locked(rows: DeliveryQuerySet) -> DeliveryQuerySet:
    features = connections[router.db_for_write(Delivery)].features
    if not features.has_select_for_update:
        return rows
    return rows.select_for_update(skip_locked=features.has_select_for_update_skip_locked)


def _groups(
    rows: Iterable[Delivery], subscribers: dict[int, Subscriber]
) -> tuple[list[list[Delivery]], list[list[Delivery]]]:
    """Return what goes into one mail each, the oldest comment first: of one discussion, and of several."""
    single: list[list[Delivery]] = []
    mixed: list[list[Delivery]] = []
    everybody: dict[int, dict[int, list[Delivery]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        everybody[row.subscriber_id][row.discussion_id].append(row)
    for pk, by_discussion in everybody.items():
        if subscribers[pk].frequency == Frequency.INSTANT and len(by_discussion) <= MOST_MAILS:
            single += by_discussion.values()
        else:
            mixed.append([row for some in by_discussion.values() for row in some])
    return single, mixed


def _bind(groups: Iterable[list[Delivery]], discussion: F | Value, run: str) -> None:
    """Write down the keys of their mails, which the database puts together by itself: that is ten times faster."""
    parts = (Cast("subscriber", CharField()), Value(":"), Cast(discussion, CharField()), Value(f":{run}"))
    for pks in in_chunks(row.pk for group in groups for row in group):
        Delivery.objects.filter(pk__in=pks).update(due=None, mail_key=Concat(Value(PREFIX), *parts))


def _letter(subscriber: Subscriber, group: list[Delivery], discussion_id: int, run: str) -> Letter:
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
    """Return what a mail's Message-ID begins with, whose last comment this is: a later one can name it."""
    return f"comment.{entry_id}.{mark(subscriber.address)[:12]}"
