"""Pages of an index made by hand, and what a tag shows of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory

from smo_kit.best.models import Neighbour, Score, Text
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import key_of
from tests.blog.models import Post

NOON = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)


def page(slug: str, language: str = "en", **columns: Any) -> CardRow:
    """Make a post, with the snapshot that the index has read."""
    post, _is_new = Post.objects.get_or_create(slug=slug, defaults={"title": slug.title()})
    key = key_of(post)
    given = {"url": f"/posts/{slug}/", "title": slug.title(), "summary": f"On {slug}.", "published": NOON, **columns}
    source = {"source_type_id": key.content_type_id, "source_pk": key.object_pk}
    row = CardRow.objects.create(**key.fields, **source, language=language, **given)
    Text.objects.create(card=row, language=language)
    return row


def beside(first: CardRow, *others: CardRow, reason: str = "text", detail: str = "") -> Post:
    """Have pages offered beside another, in this order; return that one's post."""
    for place, other in enumerate(others):
        Neighbour.objects.create(card=first, other=other, place=place, reason=reason, detail=detail)
    return Post.objects.get(pk=first.object_pk)


def liked(*rows: CardRow, period: str = "month") -> None:
    """Have pages be the best of a period, in this order."""
    for place, row in enumerate(rows):
        Score.objects.create(site_id=site_id(), card=row, period=period, score=100 - place)


def html(tag: str, path: str = "/about/", **context: Any) -> str:
    """Return what a page shows of ``{% tag %}``."""
    template = Template(f"{{% load smo %}}{{% {tag} %}}")
    return template.render(Context({"request": RequestFactory().get(path), **context}))


def shown(tag: str, path: str = "/about/", **context: Any) -> BeautifulSoup:
    """Return it parsed."""
    return BeautifulSoup(html(tag, path, **context), "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    """Return the titles of the pages of a block, in their order."""
    return [link.text for link in soup.select(".smo-best li a")]
