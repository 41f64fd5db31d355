"""The first stars of the magazine's articles: always the same, and not the best of all for each."""

from __future__ import annotations

from typing import Final
from zlib import crc32

from django.contrib.contenttypes.models import ContentType

from demo_site.articles.models import Article
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import recount

FEWEST: Final = 2
MOST: Final = 38
KIND: Final = "stars"
GIVEN: Final = ("555544443321", "555554444432", "554444333321")
"""What readers of an article give, each with the same chance; an article has one of these moods."""


def seed_ratings() -> int:
    """Have each article rated by some readers, and return how many ratings that were; 0 if there are some already."""
    if Summary.objects.exists():
        return 0
    rows = [row for article in Article.objects.order_by("pk") for row in _ratings(article)]
    Rating.objects.bulk_create(rows)
    for key in {row.key for row in rows}:
        recount(key, KIND)
    return len(rows)


def _ratings(article: Article) -> list[Rating]:
    mood = GIVEN[_chance(article.key, "mood") % len(GIVEN)]
    key = Key(ContentType.objects.get_for_model(Article).pk, str(article.pk))
    return [
        Rating(
            site_id=site_id(),
            **key.fields,
            kind=KIND,
            voter=f"reader {number}",
            value=mood[_chance(article.key, number) % len(mood)],
        )
        for number in range(FEWEST + _chance(article.key, "readers") % (MOST - FEWEST))
    ]


def _chance(*what: object) -> int:
    return crc32(repr(what).encode())
