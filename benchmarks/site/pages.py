"""The pages that are measured."""

from __future__ import annotations

import datetime as dt

from benchmarks.site.models import Article

_LEAD = "What messengers read of a page, in which order, and why the picture is what readers remember of it. "
_BODY = "A paragraph of a usual length that says nothing in particular but has to be rendered with the rest. " * 6


def articles(number: int) -> list[Article]:
    """Return so many articles; another benchmark of the same process may have written some of them."""
    day = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
    return [
        Article.objects.get_or_create(
            slug=f"article-{i}",
            defaults={
                "title": f"Anatomy of a link preview, part {i}",
                "lead": _LEAD,
                "body": "\n\n".join([_BODY] * 8),
                "picture": "/static/covers/anatomy.jpg",
                "published": day + dt.timedelta(days=i),
            },
        )[0]
        for i in range(number)
    ]
