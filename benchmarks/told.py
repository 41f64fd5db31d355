"""What it costs to take what a page tells of its reader, beside a view that does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

from benchmarks import Row
from benchmarks.renders import RENDERS, WARM_UP, times
from benchmarks.site.process import start

READER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OFFERED: Final = 4
LATER: Final = {"ENGAGEMENT": {"buffer_seconds": 3600}}
"""Nothing is written meanwhile but by the benchmark itself: SQLite in memory is each thread's own."""


def run() -> list[Row]:
    """Let new readers tell of seconds, a pair, an offer and a click, all middleware included."""
    start()
    from django.conf import settings
    from django.test import override_settings

    from smo_kit.best.told import tally
    from smo_kit.engagement import services

    with override_settings(SMO_KIT=settings.SMO_KIT | LATER):
        took = times({"told": _told(), "empty": _empty()})
        tally.buffer.flush()
        services.buffer.flush()
    ours, empty = 1000 / took["told"], 1000 / took["empty"]
    note = f"the peer is an empty view; a new reader each, before it is written; median of {RENDERS}"
    rate = Row(name="told: reports a second of processor", value=ours, peer=empty, ratio=ours / empty, note=note)
    return [rate, _counted()]


def _counted() -> Row:
    from smo_kit.best.models import Offer

    clicks = sum(Offer.objects.values_list("clicked", flat=True))
    holds = clicks == RENDERS + WARM_UP
    return Row(name="told: clicks in the table", value=clicks, bar="all", holds=holds)


def _told() -> Callable[[], Any]:
    from benchmarks.site.pages import articles
    from smo_kit.best.told.offers import token_of
    from smo_kit.core.subjects import key_of

    previous, page, *others = map(key_of, articles(OFFERED + 2))
    token = token_of("related:cards", page, others)
    fields = {"o": page.sign(), "p": previous.sign(), "s": "30", "f": f"{token},{token},1"}
    return _posting("/smo/best/told/", fields, 204)


def _empty() -> Callable[[], Any]:
    return _posting("/empty/", {}, 204)


def _posting(address: str, fields: dict[str, str], status: int) -> Callable[[], Any]:
    from django.test import Client

    client = Client(headers={"User-Agent": READER, "Sec-Fetch-Site": "same-origin", "Host": "bench.example"})
    readers = _addresses()

    def post() -> None:
        response = client.post(address, fields, headers={"X-Forwarded-For": next(readers)})
        if response.status_code != status:
            raise AssertionError(response.content)

    return post


def _addresses() -> Iterator[str]:
    return (f"11.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in count(1))
