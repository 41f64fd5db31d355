"""The pages that are measured."""

from __future__ import annotations

import datetime as dt

from benchmarks.site.models import Article

_LEAD = "What messengers read of a page, in which order, and why the picture is what readers remember of it. "
_BODY = "A paragraph of a usual length that says nothing in particular but has to be rendered with the rest. " * 6


def articles(number: int) -> list[Article]:
    """Write so many articles."""
    day = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
    return [
        Article.objects.create(
            slug=f"article-{i}",
            title=f"Anatomy of a link preview, part {i}",
            lead=_LEAD,
            body="\n\n".join([_BODY] * 8),
            picture="/static/covers/anatomy.jpg",
            published=day + dt.timedelta(days=i),
        )
        for i in range(number)
    ]
