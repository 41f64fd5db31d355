"""What our tags cost a page in processor time, beside django-meta, django-social-share and django-hitcount."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks import Row
from benchmarks.renders import RENDERS, queries, times
from benchmarks.site.process import start

BAR_MS: Final = 1.0
ACCOUNTS: Final = (("telegram", "bench"), ("vk", "bench"), ("youtube", "@bench"), ("github", "bench"), ("x", "bench"))


def run() -> list[Row]:
    """Render the same article with nothing, with our tags, with the peer's."""
    start()
    pages = _pages()
    asked = {name: queries(render) for name, render in pages.items()}
    took = times(pages)
    ours, counted, peer = (took[name] - took["plain"] for name in ("ours", "counted", "peer"))
    return [
        Row(
            name="tags: head + share + follow",
            value=ours,
            unit="ms of processor",
            peer=peer,
            ratio=ours / peer,
            bar=f"≤ {BAR_MS:g} ms",
            holds=ours <= BAR_MS,
            note=f"the page without them: {took['plain']:.2f} ms; median of {RENDERS}; warm",
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
            value=asked["counted"],
            unit="queries",
            peer=asked["peer"],
            bar="0",
            holds=asked["counted"] == 0,
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
