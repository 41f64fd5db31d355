"""What a lock costs a page, how long it takes to open, and what a waiting page asks beside an empty view."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks import Row
from benchmarks.renders import RENDERS, queries, times
from benchmarks.site.process import start

OPENINGS: Final = 200
TAG_MS: Final = 0.3
OPENING_MS: Final = 10
POLL: Final = 1.5
NETWORK: Final = "telegram"
READER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADERS: Final = {"User-Agent": READER, "Sec-Fetch-Site": "same-origin", "Host": "bench.example"}


def run() -> list[Row]:
    """Render an article with a lock and without, open it for many visitors, poll."""
    start()
    from benchmarks.site.pages import articles

    (article,) = articles(1)
    pages = _pages(article)
    asked = queries(pages["locked"])
    spent = times(pages)
    tag = spent["locked"] - spent["plain"]
    polled = times({"poll": _asking("/smo/lock/news/"), "empty": _asking("/empty/")})
    took, ratio = _openings(article, pages["locked"]), polled["poll"] / polled["empty"]
    return [
        Row(
            name="lock: tag of a warm page",
            value=tag,
            unit="ms of processor",
            bar=f"≤ {TAG_MS} ms",
            holds=tag <= TAG_MS,
            note=f"median of {RENDERS}",
        ),
        Row(name="lock: queries of a warm page", value=asked, unit="queries", bar="0", holds=asked == 0),
        Row(
            name="lock: the request that opens it",
            value=took,
            unit="ms",
            bar=f"≤ {OPENING_MS} ms",
            holds=took <= OPENING_MS,
            note=f"median of {OPENINGS} visitors whose share has been previewed, all middleware included",
        ),
        Row(
            name="lock: a poll of a page that waits",
            value=polled["poll"],
            unit="ms of processor",
            peer=polled["empty"],
            ratio=ratio,
            bar=f"≤ {POLL} ×",
            holds=ratio <= POLL,
            note="the peer is an empty view; both asked by a visitor with his cookie",
        ),
    ]


def _pages(article: Any) -> dict[str, Callable[[], Any]]:
    from django.shortcuts import render
    from django.test import RequestFactory

    def rendered(name: str) -> Any:
        request = RequestFactory().get(article.get_absolute_url(), headers={"Host": "bench.example"})
        return render(request, f"site/{name}.html", {"article": article})

    return {name: lambda name=name: rendered(name) for name in ("plain", "locked")}


def _asking(address: str) -> Callable[[], Any]:
    from django.test import Client

    client = Client(headers=HEADERS)
    client.cookies["smo_visitor"] = _cookie(0)
    return lambda: client.get(address)


def _openings(article: Any, page: Callable[[], Any]) -> float:
    """Return how long it takes to open the lock for a visitor whose share has been previewed, in milliseconds."""
    from django.test import Client

    found = re.search(r'action="([^"]+/open/)"', page().content.decode())
    if found is None:
        raise AssertionError("The page has no lock.")
    spent: list[float] = []
    for number in range(1, OPENINGS + 1):
        _share(article, number)
        client = Client(headers={**HEADERS, "X-Forwarded-For": f"11.0.{number >> 8}.{number & 255}", "X-Smo-Part": "1"})
        client.cookies["smo_visitor"] = _cookie(number)
        before = time.perf_counter()
        response = client.post(found[1], {"way": "share", "network": NETWORK})
        spent.append(time.perf_counter() - before)
        if response.json().get("state") != "open":
            raise AssertionError(response.content)
    return median(spent) * 1000


def _share(article: Any, number: int) -> None:
    from django.utils import timezone

    from smo_kit.core.subjects import key_of
    from smo_kit.core.visitors import Visitor
    from smo_kit.share.links import mint

    link = mint(Visitor(f"{number:032x}"), key_of(article), NETWORK)
    link.previewed = timezone.now()
    link.save(update_fields=["previewed"])


def _cookie(number: int) -> str:
    from django.core.signing import Signer

    return Signer(salt="smo_kit.visitor").sign(f"{number:032x}.")
