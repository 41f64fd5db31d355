"""What our tags cost a page in processor time, beside django-meta, django-social-share and django-hitcount."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks import Row
from benchmarks.site.process import start

RENDERS: Final = 200
WARM_UP: Final = 20
BAR_MS: Final = 1.0
ACCOUNTS: Final = (("telegram", "bench"), ("vk", "bench"), ("youtube", "@bench"), ("github", "bench"), ("x", "bench"))


def run() -> list[Row]:
    """Render the same article with nothing, with our tags, with the peer's."""
    start()
    pages = _pages()
    queries = {name: _queries(render) for name, render in pages.items()}
    times = _times(pages)
    ours, counted, peer = (times[name] - times["plain"] for name in ("ours", "counted", "peer"))
    return [
        Row(
            name="tags: head + share + follow",
            value=ours,
            unit="ms of processor",
            peer=peer,
            ratio=ours / peer,
            bar=f"≤ {BAR_MS:g} ms",
            holds=ours <= BAR_MS,
            note=f"the page without them: {times['plain']:.2f} ms; median of {RENDERS}; warm",
        ),
        Row(
            name="tags: head + share + follow + scripts",
            value=counted,
            unit="ms of processor",
            peer=peer,
            ratio=counted / peer,
        ),
        Row(
            name="tags: queries of a warm page",
            value=queries["counted"],
            unit="queries",
            peer=queries["peer"],
            bar="0",
            holds=queries["counted"] == 0,
        ),
    ]


def _pages() -> dict[str, Callable[[], Any]]:
    from django.shortcuts import render
    from django.test import RequestFactory

    from benchmarks.site.pages import articles
    from smo_kit.follow.models import Account

    Account.objects.bulk_create([Account(network=network, handle=handle) for network, handle in ACCOUNTS])
    (article,) = articles(1)
    request = RequestFactory().get(article.get_absolute_url(), headers={"Host": "bench.example"})

    def page(template: str) -> Callable[[], Any]:
        return lambda: render(request, template, {"article": article})

    return {
        "plain": page("site/plain.html"),
        "ours": page("site/ours.html"),
        "counted": page("site/counted.html"),
        "peer": lambda: render(request, "peer/page.html", {"article": article, "meta": article.as_meta(request)}),
    }


def _queries(render: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    render()
    with CaptureQueriesContext(connection) as captured:
        render()
    return len(captured)


def _times(pages: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Return the median of each page in ms; the pages take turns, so that a slow moment meets all."""
    spent: dict[str, list[int]] = {name: [] for name in pages}
    for turn in range(WARM_UP + RENDERS):
        for name, render in pages.items():
            before = time.process_time_ns()
            render()
            if turn >= WARM_UP:
                spent[name].append(time.process_time_ns() - before)
    return {name: median(times) / 1e6 for name, times in spent.items()}
