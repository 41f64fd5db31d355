"""Subscribers: most are guests, some are members; each follows some discussions and has got some mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import timezone

from smo_kit.comments.models import Discussion, Entry
from smo_kit.core.settings import site_id
from smo_kit.mail.addresses import mark
from smo_kit.mail.models import Mail, Suppression
from smo_kit.mail.models import State as MailState
from smo_kit.notify.kinds import Frequency, Why
from smo_kit.notify.models import Delivery, Subscriber, Subscription

CHUNK: Final = 500
MEMBERS: Final = 10
"""Every so-manieth has an account."""
SUPPRESSED: Final = 50
"""Mails to every so-manieth came back."""
FOLLOWED: Final = (1, 5)
"""Discussions that somebody follows, at least and at the most."""
TOLD: Final = 3
"""Comments that each was told of."""


def fill_subscribers(wanted: int) -> Iterator[int]:
    """Make subscribers until there are so many of ours; yield how many there are."""
    done = Subscriber.objects.filter(address__startswith="subscriber-").count()
    liveliest = list(Discussion.objects.order_by("-count", "pk").values_list("pk", flat=True)[: 10 * CHUNK])
    latest = list(Entry.objects.published().order_by("-pk").values_list("pk", "discussion_id")[:CHUNK])
    yield done
    while done < wanted:
        numbers = range(done, min(done + CHUNK, wanted))
        with transaction.atomic():
            _write(numbers, liveliest, latest)
        done = numbers.stop
        yield done


def fill_suppressions(wanted: int) -> Iterator[int]:
    """Have the addresses of some of our subscribers suppressed until there are so many; yield how many there are."""
    done = Suppression.objects.count()
    yield done
    while done < wanted:
        numbers = range(done, min(done + CHUNK, wanted))
        marks = [mark(f"subscriber-{SUPPRESSED * number}@example.org") for number in numbers]
        Suppression.objects.bulk_create(
            [Suppression(mark=one, reason="bounces") for one in marks], ignore_conflicts=True
        )
        done = numbers.stop
        yield done


def _write(numbers: range, liveliest: list[int], latest: list[tuple[int, int]]) -> None:
    users = get_user_model()._default_manager
    names = [f"member-{number}" for number in numbers if number % MEMBERS == 0]
    users.bulk_create(
        [users.model(username=name, email=f"{name}@example.org", password=UNUSABLE_PASSWORD_PREFIX) for name in names]
    )
    accounts: dict[str, Any] = dict(users.filter(username__in=names).values_list("username", "pk"))
    rows = [_subscriber(number, accounts.get(f"member-{number}")) for number in numbers]
    Subscriber.objects.bulk_create(rows)
    followed, told, mails = [], [], []
    for number, row in zip(numbers, rows, strict=True):
        chance = Random(number)  # noqa: S311
        wanted = chance.randint(*FOLLOWED) if liveliest else 0
        chosen = {liveliest[int(len(liveliest) * chance.random() ** 2)] for _ in range(wanted)}
        followed += [Subscription(subscriber=row, discussion_id=pk) for pk in sorted(chosen)]
        told += [_delivery(row, *one, chance) for one in chance.sample(latest, min(TOLD, len(latest)))]
        mails.append(_mail(row, number))
    Subscription.objects.bulk_create(followed)
    Delivery.objects.bulk_create(told)
    Mail.objects.bulk_create(mails)


def _subscriber(number: int, user: Any) -> Subscriber:
    address = f"subscriber-{number}@example.org"
    return Subscriber(
        site_id=site_id(),
        user_id=user,
        address=address,
        folded=address,
        mark=mark(address),
        confirmed_at=timezone.now() - dt.timedelta(days=number % 900 + 1),
        language="en",
        frequency=(Frequency.INSTANT, Frequency.DAILY, Frequency.WEEKLY)[number % 3],
        replies=True,
    )


def _delivery(row: Subscriber, entry: int, discussion: int, chance: Random) -> Delivery:
    at = timezone.now() - dt.timedelta(minutes=chance.randrange(60 * 24 * 20))
    return Delivery(
        subscriber=row,
        entry_id=entry,
        discussion_id=discussion,
        why=Why.DISCUSSION,
        created=at,
        told_at=at,
        read_at=None,
    )


def _mail(row: Subscriber, number: int) -> Mail:
    at = timezone.now() - dt.timedelta(minutes=number % (60 * 24 * 5))
    return Mail(
        site_id=row.site_id,
        state=MailState.SENT,
        kind="comment",
        to=row.address,
        subject="A new comment",
        text="Somebody has answered.",
        message_id=f"<fill-{number}@example.org>",
        due=at,
        sent=at,
    )
