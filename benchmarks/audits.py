"""Pages that the audit of a whole site judges in a second, beside the mere reading of the same pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks import Row
from benchmarks.site.process import start

PAGES: Final = 200
TURNS: Final = 5


def run() -> list[Row]:
    """Read the same pages with and without judging them; the two take turns."""
    start()
    from django.test import override_settings

    with override_settings(ROOT_URLCONF=_Urls):
        urls = _pages()
        works: dict[str, Callable[[], Any]] = {"read": lambda: _read(urls), "audit": _audit}
        spent: dict[str, list[float]] = {name: [] for name in works}
        for turn in range(TURNS + 1):
            for name, work in works.items():
                before = time.process_time()
                work()
                if turn:
                    spent[name].append(time.process_time() - before)
    reading, auditing = (median(spent[name]) for name in ("read", "audit"))
    return [
        Row(
            name="audit: pages judged",
            value=PAGES / auditing,
            unit="pages a second of processor",
            peer=PAGES / reading,
            ratio=reading / auditing,
            note=f"peer: the same pages only read; median of {TURNS}; {PAGES} pages with head, share, follow; one core",
        )
    ]


class _Urls:
    """The address of an article, for this benchmark alone."""

    urlpatterns: list[Any] = []


def _pages() -> list[str]:
    from django.shortcuts import get_object_or_404, render
    from django.urls import include, path

    from benchmarks.site.models import Article
    from benchmarks.site.pages import articles
    from smo_kit.core.rows import sync

    def article(request: Any, slug: str) -> Any:
        return render(request, "site/counted.html", {"article": get_object_or_404(Article, slug=slug)})

    _Urls.urlpatterns = [path("articles/<slug:slug>/", article), path("smo/", include("smo_kit.urls"))]
    Article.objects.all().delete()
    written = articles(PAGES)
    for _ in sync():
        pass
    return [one.get_absolute_url() for one in written]


def _read(urls: list[str]) -> None:
    from smo_kit.core.inside import read

    for url in urls:
        if read(url).status != 200:
            raise RuntimeError(f"{url} does not answer.")


def _audit() -> None:
    from smo_kit.core.auditing import audit_site

    for progress in audit_site():
        report = progress.report
    if not report or report["pages"] != PAGES:
        raise RuntimeError(f"Not all pages were judged: {report and report['pages']} of {PAGES}.")
