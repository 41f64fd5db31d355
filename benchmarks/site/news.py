"""Measure news of a comment on the database of ``DATABASE_URL`` and print the figures as JSON.

``python -m benchmarks.site.news NUMBER MAILS [TRACED]``: so many subscribers of one discussion; so many mails are sent,
and so many more to see how much memory each step needs.
"""

from __future__ import annotations

import json
import os
import smtplib
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from unittest.mock import patch

import django

from benchmarks.site import followers
from benchmarks.site.sink import Sink, counting_sink

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.news_settings")

POSTS: Final = 25
PEERS: Final = 1_000
"""Mails that the peers send: each is as quick as the last."""
LESS: Final = 10
"""The memory that is needed is compared with that for a tenth as many subscribers."""


def main(number: int, mails: int, traced: int = 0) -> None:
    """Start a mail server, and measure."""
    with counting_sink() as sink:
        os.environ["SMTP_PORT"] = str(sink.port)
        django.setup()
        json.dump(_figures(sink, number, mails, traced), sys.stdout)


def _figures(sink: Sink, number: int, mails: int, traced: int) -> dict[str, Any]:
    """Write the rows, post, expand, send."""
    from django.core.management import call_command

    from benchmarks.site.pages import articles
    from smo_kit.mail.models import Mail
    from smo_kit.notify.models import Announcement

    call_command("migrate", run_syncdb=True, verbosity=0)
    lonely, few, many = articles(3)
    people = followers.subscribers(number)
    followers.follow(people[: number // LESS], few)
    followers.follow(people, many)
    author = followers.author()
    figures: dict[str, Any] = {"post, nobody": _posting(lonely, author), "post, all": _posting(many, author)}
    figures["threads"] = _threads_begun_by(lambda: followers.post(many, author))
    Announcement.objects.all().delete()
    for name, article, most in (("few", few, traced // LESS), ("all", many, traced)) if traced else ():
        followers.post(article, author)
        figures[f"expanding, {name}"] = _memory(_expansion)
        figures[f"collecting, {name}"] = _memory(_collecting)
        _sending(1)  # what is read once, such as templates, is no part of it
        figures[f"sending, {name}"] = _memory(partial(_sending, most))
        Mail.objects.all().delete()
    followers.post(many, author)
    figures["expansion"] = _expansion()
    return figures | _sent(sink, mails)


def _posting(article: Any, user: Any) -> float:
    from statistics import median

    followers.post(article, user)
    return median(_seconds(lambda: followers.post(article, user)) for _ in range(POSTS)) * 1000


def _expansion() -> float:
    """Return the seconds that it takes to make all deliveries of what is announced."""
    from smo_kit.notify.fan_out import spread
    from smo_kit.notify.models import Delivery

    Delivery.objects.all().delete()
    return _seconds(lambda: spread(10**9))


def _collecting() -> None:
    """Put all deliveries that are due into mails."""
    from smo_kit.notify.mail_queue import collect

    while collect(10**9):
        pass


def _sending(mails: int) -> None:
    from smo_kit.mail.sending import send_what_is_due

    send_what_is_due(limit=mails)


def _threads_begun_by(work: Callable[[], Any]) -> int:
    """Return how many threads are started meanwhile, by whatever."""
    begun: list[threading.Thread] = []
    start = threading.Thread.start

    def counted(thread: threading.Thread) -> None:
        begun.append(thread)
        start(thread)

    with patch.object(threading.Thread, "start", counted):
        work()
    return len(begun)


def _memory(work: Callable[[], Any]) -> float:
    """Return how many megabytes of Python's memory something needs at its height."""
    tracemalloc.start()
    work()
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return height / 2**20


def _sent(sink: Sink, mails: int) -> dict[str, Any]:
    """Send so many of the mails by the outbox, and the first one often to the same server by less and less."""
    from smo_kit.mail.mailer import get_connection
    from smo_kit.mail.sending import send_what_is_due

    example = _example()
    sink.counted()
    figures: dict[str, Any] = {"ours": mails / _seconds(lambda: send_what_is_due(limit=mails))}
    figures |= sink.counted()
    figures["django"] = PEERS / _seconds(lambda: get_connection().send_messages([example] * PEERS))
    whole = example.message().as_bytes().replace(b"\n", b"\r\n")
    with smtplib.SMTP("127.0.0.1", sink.port) as line:
        line.ehlo()
        figures["bare"] = PEERS / _seconds(lambda: [_hand_over(line, whole) for _ in range(PEERS)])
    return figures


def _example() -> Any:
    from smo_kit.mail.mailer import message_of
    from smo_kit.mail.models import Mail
    from smo_kit.mail.writing import columns_of
    from smo_kit.notify.composing import compose
    from smo_kit.notify.mail_queue import collect

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
