"""What the blocks of best materials cost a page: queries and processor time, cold and warm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks import Row
from benchmarks.renders import RENDERS, queries, times
from benchmarks.site.process import start

BAR_MS: Final = 1.0
BESIDE: Final = 16
"""Neighbours that a page has."""


def run() -> list[Row]:
    """Render both tags for one article among others, from the cache and anew."""
    start()
    tags = _tags()
    took = times(tags)
    rows = [_time(name, took[name]) for name in tags]
    rows += [_asked(f"{name}: warm", queries(render), 0) for name, render in tags.items()]
    return [*rows, *(_asked(f"{name}: cold", _cold(render), 1) for name, render in tags.items())]


def _time(name: str, took: float) -> Row:
    bar, holds = f"≤ {BAR_MS:g} ms", took <= BAR_MS
    note = f"warm; median of {RENDERS}"
    return Row(name=f"best: {name}", value=took, unit="ms of processor", bar=bar, holds=holds, note=note)


def _asked(name: str, asked: int, most: int) -> Row:
    return Row(name=f"best: {name}", value=asked, unit="queries", bar=f"{most}", holds=asked <= most)


def _cold(render: Callable[[], Any]) -> int:
    """Return how many queries a block asks whose page is known, and which itself is in no cache."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from smo_kit.best.stamp import bump

    render()
    bump()
    with CaptureQueriesContext(connection) as captured:
        render()
    return len(captured)


def _tags() -> dict[str, Callable[[], Any]]:
    from django.template import Context, Template
    from django.test import RequestFactory
    from django.utils.translation import get_language

    from benchmarks.site.pages import articles
    from smo_kit.best.models import Neighbour, Score, Text
    from smo_kit.core.models import CardRow
    from smo_kit.core.settings import site_id
    from smo_kit.core.subjects import key_of

    every, rows, language = articles(BESIDE + 1), [], get_language()
    for article in every:
        key = key_of(article)
        source = {"source_type_id": key.content_type_id, "source_pk": key.object_pk}
        words = {"title": str(article), "url": article.get_absolute_url(), "summary": "Words. " * 20}
        rows.append(CardRow.objects.update_or_create(**key.fields, language=language, defaults={**source, **words})[0])
    first, *others = rows
    for row in (first, *others):
        Text.objects.update_or_create(card=row, defaults={"language": language, "due": None})
    Neighbour.objects.all().delete()
    Neighbour.objects.bulk_create([Neighbour(card=first, other=row, place=n) for n, row in enumerate(others)])
    Score.objects.bulk_create([Score(site_id=site_id(), card=row, period="month", score=1) for row in others])
    address, factory = every[0].get_absolute_url(), RequestFactory(headers={"Host": "bench.example"})

    def page(tag: str) -> Callable[[], Any]:
        template = Template(f"{{% load smo %}}{{% {tag} %}}")

        def render() -> str:
            request = factory.get(address)  # a new one: a request remembers what it has shown
            return template.render(Context({"request": request, "object": every[0]}))

        return render

    return {"smo_related": page("smo_related"), "smo_best": page("smo_best")}
