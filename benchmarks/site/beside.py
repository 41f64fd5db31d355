"""Measure what is offered beside a page on the database of ``DATABASE_URL`` and print the figures as JSON."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")

PAGES: Final = 5_000
ALIKE: Final = 40
"""Neighbours of each page that the index knows."""
TERMS: Final = 40
OFFERED: Final = 12
"""Pages of which it is known how often they were seen and clicked beside each page."""
TOGETHER: Final = 5
ROUNDS: Final = 50
CHUNKS: Final = 5


def main() -> None:
    """Write the rows of a site, put some of its pages in order, and ask for what is beside them."""
    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection, transaction

    from smo_kit.best.conf import BestConf
    from smo_kit.best.order.ranking import CHUNK, rank
    from smo_kit.best.services import related_to

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cards = _write(random.Random(7))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within a minute
    chunks = [[card.pk for card in cards[n * CHUNK : (n + 1) * CHUNK]] for n in range(CHUNKS)]
    first = [_seconds(lambda chunk=chunk: rank(chunk)) for chunk in chunks]
    again = [_seconds(lambda chunk=chunk: rank(chunk)) for chunk in chunks]
    pages = [card.key for card in cards[:ROUNDS]]
    cache.clear()
    figures = {
        "pages": PAGES,
        "chunk": CHUNK,
        "order, first": median(first),
        "order, again": median(again),
        "related": 1000 * median(_seconds(lambda page=page: related_to(page, BestConf())) for page in pages),
        "related queries": _queries(lambda: related_to(pages[0], BestConf())),
    }
    json.dump(figures, sys.stdout)


def _write(chance: random.Random) -> list[Any]:
    cards = _cards(chance)
    beside = {card: chance.sample(cards, ALIKE) for card in cards}
    _index(chance, cards)
    _neighbours(chance, beside)
    _offers(chance, beside)
    _pairs(chance, beside)
    return cards


def _cards(chance: random.Random) -> list[Any]:
    from django.utils import timezone

    from smo_kit.core.models import CardRow

    kind, now = _kind(), timezone.now()
    CardRow.objects.bulk_create(
        CardRow(
            content_type=kind,
            object_pk=str(n),
            source_type=kind,
            source_pk=str(n),
            language="en",
            url=f"/articles/{n}/",
            title=f"{chance.choice(_WORDS)} and {chance.choice(_WORDS)} of {chance.choice(_WORDS)}",
            summary="What is known of it, and where it may be seen. " * 4,
            author=f"Author {n % 20}",
            tags=[chance.choice(_WORDS) for _ in range(3)],
            published=now - timezone.timedelta(hours=n),
        )
        for n in range(PAGES)
    )
    return list(CardRow.objects.order_by("pk"))


def _index(chance: random.Random, cards: list[Any]) -> None:
    from smo_kit.best.models import Posting, Text

    Text.objects.bulk_create(Text(card=card, language="en", words=chance.sample(_WORDS, 12)) for card in cards)
    _put(
        Posting(card=card, term=term, weight=chance.randint(100, 3000))
        for card in cards
        for term in chance.sample(range(4_000), TERMS)
    )


def _neighbours(chance: random.Random, beside: dict[Any, list[Any]]) -> None:
    from smo_kit.best.models import Neighbour

    _put(
        Neighbour(card=card, other=other, similarity=chance.randint(300, 5_000))
        for card, others in beside.items()
        for other in others
        if other != card
    )


def _offers(chance: random.Random, beside: dict[Any, list[Any]]) -> None:
    from smo_kit.best.models import Offer
    from smo_kit.best.periods import monday

    kind, week = _kind().pk, monday()
    _put(
        Offer(
            week=week,
            block="related",
            page_type_id=kind,
            page_pk=card.object_pk,
            shown_type_id=kind,
            shown_pk=other.object_pk,
            position=place % 4,
            shown=(seen := chance.randint(1, 300)),
            clicked=seen // 40,
        )
        for card, others in beside.items()
        for place, other in enumerate(others[:OFFERED])
    )


def _pairs(chance: random.Random, beside: dict[Any, list[Any]]) -> None:
    from smo_kit.best.models import Pair
    from smo_kit.best.periods import monday

    kind, week = _kind().pk, monday()
    pairs = {tuple(sorted((card.object_pk, other.object_pk))) for card in beside for other in beside[card][:TOGETHER]}
    _put(
        Pair(
            first_type_id=kind,
            first_pk=one,
            second_type_id=kind,
            second_pk=other,
            week=week,
            n=chance.randint(1, 9),
        )
        for one, other in sorted(pairs)
    )


def _put(rows: Iterable[Any]) -> None:
    """Write rows of one table."""
    found = list(rows)
    type(found[0])._default_manager.bulk_create(found, batch_size=5_000)


def _kind() -> Any:
    from django.contrib.contenttypes.models import ContentType

    from benchmarks.site.models import Article

    return ContentType.objects.get_for_model(Article)


def _seconds(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def _queries(act: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


_WORDS: Final = [
    f"{first}{second}"
    for first in ("stone", "wood", "salt", "wind", "snow")
    for second in ("ford", "field", "mill", "gate", "well", "brook")
]

if __name__ == "__main__":
    main()
