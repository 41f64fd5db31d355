"""What readers did before the demo was there, so that its lists of the best are not empty; and what is alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from itertools import cycle
from random import Random
from typing import Final

from django.core.management import call_command
from django.utils import timezone

from demo_site.articles.models import Article, Translation
from smo_kit.best.index.rebuilding import texts_weighed
from smo_kit.best.kinds import READ, SECONDS
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import key_of
from smo_kit.engagement.kinds import READER, SHARED, VIEWED
from smo_kit.engagement.models import Count
from smo_kit.networks.registry import networks_that_can

DAYS: Final = 40
"""How long ago the first of them came."""
READERS: Final = 60
"""That an article has a day at the most."""
SHARES: Final = 12
"""One of so many readers presses a button."""
READING: Final = (30, 150)
"""Seconds of a reader, at least and at the most."""


def seed_readers() -> int:
    """Count what was done for each article, the same in every demo; return the number of articles; 0 if any was."""
    if Count.objects.filter(kind=VIEWED.id).exists():
        return 0
    articles = list(Article.objects.order_by("key"))
    today = timezone.now().astimezone(dt.UTC).date()
    days = [today - dt.timedelta(days=days) for days in range(DAYS)]
    Count.objects.bulk_create([row for one in articles for row in _rows(one, days)])
    return len(articles)


def _rows(article: Article, days: list[dt.date]) -> Iterator[Count]:
    chance = Random(article.key)  # noqa: S311  # nobody has to be unable to guess it
    liked = chance.random() ** 2
    networks = cycle(chance.sample([one.id for one in networks_that_can("share")], k=4))
    same = {"site_id": site_id(), **key_of(article).fields}
    for day in days:
        readers = round(READERS * liked * chance.random())
        if not readers:
            continue
        for facet in ("", READER):
            yield Count(**same, day=day, kind=VIEWED.id, facet=facet, n=readers)
        yield Count(**same, day=day, kind=READ.id, facet=SECONDS, n=readers * chance.randint(*READING))
        if shares := readers // SHARES:
            network = next(networks)
            for facet in (SHARED.facet, READER):
                yield Count(**same, day=day, kind=SHARED.id, network=network, facet=facet, n=shares)


def read_texts(*, quiet: bool) -> None:
    """Have the articles read and compared, so that each has its neighbours."""
    call_command("smo_related_rebuild", **({"stdout": StringIO(), "stderr": StringIO()} if quiet else {}))


def read_new_texts() -> bool:
    """Have all articles compared anew if there are more than were compared before; say whether."""
    has_more = Translation.objects.count() > texts_weighed()
    if has_more:
        read_texts(quiet=True)
    return has_more
