"""Ratings: each reader's, and those of a page counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models

from demo_site.articles.filling.in_database import DAY, OF_PAGE, Fill, moment
from demo_site.articles.models import Article
from smo_kit.core.chunks import in_chunks
from smo_kit.core.settings import site_id
from smo_kit.ratings.models import Rating, Summary

KIND: Final = "stars"


def fill_ratings(wanted: int) -> Iterator[int]:
    """Have pages rated until there are so many ratings, then count them; yield how many there are."""
    at = moment(f"(d * 7 + a.id) %% {900 * DAY}")
    rows = Fill(
        Rating,
        {
            **OF_PAGE,
            "kind": f"'{KIND}'",
            "voter": "'fill ' || d",
            "value": "CAST(5 - (a.id * 7 + d * 13) %% 11 / 3 AS varchar(1))",
            "at": at,
            "changed": at,
        },
    )
    yield from rows.run(wanted)
    _count()


def _count() -> None:
    """Count the ratings of pages, and write down what was counted otherwise before."""
    article = ContentType.objects.get_for_model(Article)
    of_pages = {"site_id": site_id(), "content_type": article, "kind": KIND}
    summaries = Summary.objects.filter(**of_pages)
    for pks in in_chunks([str(pk) for pk in Article.objects.order_by("pk").values_list("pk", flat=True)]):
        known = {one.object_pk: one.figures() for one in summaries.filter(object_pk__in=pks)}
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        given = Rating.objects.filter(**of_pages, object_pk__in=pks).exclude(value="").order_by()
        for pk, value, n in given.values_list("object_pk", "value").annotate(n=models.Count("*")):
            found[pk][value] = n
        made = [_summary(of_pages, pk, values) for pk, values in found.items()]
        Summary.objects.bulk_create(
            [one for one in made if one.figures() != known.get(one.object_pk)],
            update_conflicts=True,
            unique_fields=["site_id", "content_type", "object_pk", "kind"],
            update_fields=["count", "total", "values"],
        )


def _summary(of_pages: dict[str, Any], pk: str, values: Counter[str]) -> Summary:
    total = sum(int(value) * n for value, n in values.items())
    return Summary(**of_pages, object_pk=pk, count=values.total(), total=total, values=dict(values))
