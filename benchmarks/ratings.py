"""What stars cost a page in processor time and queries, and a rating in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks import Row
from benchmarks.renders import RENDERS, queries, times
from benchmarks.site.process import start

READERS: Final = 300
BAR_MS: Final = 1.0


def run() -> list[Row]:
    """Rate an article often, and render it with its stars and without."""
    start()
    from benchmarks.site.pages import articles

    (article,) = articles(1)
    took = _ratings(article)
    pages = _pages(article)
    asked = queries(pages["rated"])
    spent = times(pages)
    stars = spent["rated"] - spent["plain"]
    return [
        Row(
            name="ratings: stars of a warm page",
            value=stars,
            unit="ms of processor",
            bar=f"≤ {BAR_MS:g} ms",
            holds=stars <= BAR_MS,
            note=f"median of {RENDERS}",
        ),
        Row(name="ratings: queries of a warm page", value=asked, unit="queries", bar="0", holds=asked == 0),
        Row(name="ratings: one more rating", value=took, unit="ms", note=f"median of {READERS}, one page"),
    ]


def _ratings(article: Any) -> float:
    from smo_kit.core.visitors import Visitor
    from smo_kit.ratings.services import rate

    spent: list[float] = []
    for number in range(READERS):
        before = time.perf_counter()
        rate(article, str(number % 5 + 1), Visitor(f"{number:032x}"))
        spent.append(time.perf_counter() - before)
    return median(spent) * 1000


def _pages(article: Any) -> dict[str, Callable[[], Any]]:
    from django.shortcuts import render
    from django.test import RequestFactory

    request = RequestFactory().get(article.get_absolute_url(), headers={"Host": "bench.example"})
    return {
        name: lambda name=name: render(request, f"site/{name}.html", {"article": article})
        for name in ("plain", "rated")
    }
