"""What search engines are told of stars: only of enough of them, and only where a reader sees them too."""

from __future__ import annotations

from django.http import HttpRequest

from smo_kit.core.cards import Card
from smo_kit.core.head import Addition, adds_to_head
from smo_kit.core.subjects import Key
from smo_kit.ratings.conf import STARS, ratings_settings
from smo_kit.ratings.tallies import tally
from smo_kit.ratings.words import is_known


@adds_to_head
def stars_in_head(card: Card, request: HttpRequest | None, key: Key | None) -> Addition:
    """Return ``aggregateRating`` of an article."""
    conf = ratings_settings()
    if key is None or card.kind != "article" or conf.kind != "stars" or not conf.search:
        return Addition()
    summary = tally(key, conf.kind)
    if not is_known(summary, conf):
        return Addition()
    rating = {
        "@type": "AggregateRating",
        "ratingValue": round(summary.average, 2),
        "ratingCount": summary.count,
        "bestRating": STARS,
        "worstRating": 1,
    }
    return Addition(article={"aggregateRating": rating})
