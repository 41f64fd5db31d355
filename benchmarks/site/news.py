"""Measure news of a comment on the database of ``DATABASE_URL`` and print the figures as JSON.

``python -m benchmarks.site.news NUMBER MAILS``: so many subscribers of one discussion; so many mails are sent.
"""

from __future__ import annotations

import json
import os
import smtplib
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any, Final

import django

from benchmarks.site.sink import Sink, counting_sink

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.news_settings")

POSTS: Final = 25
LESS: Final = 10
"""The memory of the expansion is compared with that of a tenth as many subscribers."""


def main(number: int, mails: int) -> None:
    """Start a mail server, and measure."""
    with counting_sink() as sink:
        os.environ["SMTP_PORT"] = str(sink.port)
        django.setup()
        json.dump(_figures(sink, number, mails), sys.stdout)


def _figures(sink: Sink, number: int, mails: int) -> dict[str, Any]:
    """Write the rows, post, expand, send."""
    from django.core.management import call_command

    from benchmarks.site.pages import articles
    from smo_kit.comments.discussions import discussion_of
    from smo_kit.notify.models import Announcement

    call_command("migrate", run_syncdb=True, verbosity=0)
    lonely, few, many = articles(3)
    people = _subscribers(number)
    _follow(people[: number // LESS], discussion_of(few))
    _follow(people, discussion_of(many))
    author = _author()
    figures: dict[str, Any] = {"post, nobody": _posting(lonely, author), "post, all": _posting(many, author)}
    Announcement.objects.all().delete()
    for name, article in (("memory, few", few), ("memory, all", many)):
        _post(article, author)
        figures[name] = _memory()
    _post(many, author)
    figures["expansion"] = _expansion()
    return figures | _sent(sink, mails)


def _author() -> Any:
    from django.contrib.auth.models import User

    return User.objects.create_user("author", "author@bench.example")


def _subscribers(number: int) -> list[Any]:
    from django.utils import timezone

    from smo_kit.notify.models import Subscriber

    addresses = [f"reader{n}@bench.example" for n in range(number)]
    known = {"confirmed_at": timezone.now(), "language": "en"}
    Subscriber.objects.bulk_create([Subscriber(address=one, folded=one, **known) for one in addresses], batch_size=500)
    return list(Subscriber.objects.order_by("pk"))


def _follow(people: list[Any], discussion: Any) -> None:
    from smo_kit.notify.models import Subscription

    rows = [Subscription(subscriber=one, discussion=discussion) for one in people]
    Subscription.objects.bulk_create(rows, batch_size=500)


def _post(article: Any, user: Any) -> None:
    import uuid

    from smo_kit.comments.drafts import Draft
    from smo_kit.comments.services import post

    text = f"A comment of its own, which says something of the article: {uuid.uuid4().hex}"
    post(article, Draft(text=text, user=user, language="en"))


def _posting(article: Any, user: Any) -> float:
    from statistics import median

    _post(article, user)
    return median(_seconds(lambda: _post(article, user)) for _ in range(POSTS)) * 1000


def _expansion() -> float:
    """Return the seconds that it takes to make all deliveries of what is announced."""
    from smo_kit.notify.announcing import spread
    from smo_kit.notify.models import Delivery

    Delivery.objects.all().delete()
    return _seconds(lambda: spread(10**9))


def _memory() -> float:
    """Return how many megabytes of Python's memory the same needs at its height."""
    tracemalloc.start()
    _expansion()
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return height / 2**20


def _sent(sink: Sink, mails: int) -> dict[str, Any]:
    """Send so many of the mails by the outbox, and the first one as often to the same server by less and less."""
    from smo_kit.mail.mailer import get_connection
    from smo_kit.mail.sending import send_what_is_due

    example = _example()
    sink.counted()
    figures: dict[str, Any] = {"ours": mails / _seconds(lambda: send_what_is_due(limit=mails))}
    figures |= sink.counted()
    figures["django"] = mails / _seconds(lambda: get_connection().send_messages([example] * mails))
    whole = example.message().as_bytes().replace(b"\n", b"\r\n")
    with smtplib.SMTP("127.0.0.1", sink.port) as line:
        line.ehlo()
        figures["bare"] = mails / _seconds(lambda: [_hand_over(line, whole) for _ in range(mails)])
    return figures


def _example() -> Any:
    from smo_kit.mail.mailer import message_of
    from smo_kit.mail.models import Mail
    from smo_kit.mail.writing import columns_of
    from smo_kit.notify.collecting import collect
    from smo_kit.notify.composing import compose

    collect(1)
    mail = Mail.objects.get()
    for name, value in columns_of(compose([mail])[mail.pk]).items():
        setattr(mail, name, value)
    return message_of(mail)


def _hand_over(line: smtplib.SMTP, whole: bytes) -> None:
    line.sendmail("news@bench.example", ["reader@bench.example"], whole)


def _seconds(work: Callable[[], Any]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
