"""How offers of the magazine's blocks were followed before the demo was there, so that the admin has clicks to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Final

from django.conf import settings
from django.utils import timezone

from demo_site.articles.models import Article
from smo_kit.best.conf import best_settings
from smo_kit.best.layouts import BEST, RELATED, block_name
from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.best.services import best_of, related_to
from smo_kit.best.suggestions import Suggestion
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key, key_of

WEEKS: Final = 4
READERS: Final = (30, 90)
"""Who see a block of a page in a week, at least and at the most."""
PAGES: Final = 4
"""In a block."""
FOLLOWED: Final = (0.06, 0.035, 0.025, 0.02)
"""How many of them follow an offer, by its place."""
LIKED: Final = (0.3, 1.7)
"""So many times as many follow one page or another, whatever stands beside it."""


def seed_offers() -> int:
    """Count what was seen and followed beside each article, the same in every demo; return the rows; 0 if any is there.

    It comes after the texts were compared: what stands beside an article is what was offered there.
    """
    if Offer.objects.exists():
        return 0
    now = timezone.now()
    rows = [
        row
        for article in Article.objects.order_by("key")
        for weeks in range(WEEKS)
        for row in _rows(article, now - dt.timedelta(weeks=weeks))
    ]
    Offer.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _rows(article: Article, moment: dt.datetime) -> Iterator[Offer]:
    """Yield a week of an article."""
    page = key_of(article)
    conf = replace(best_settings(), limit=PAGES)
    language = settings.LANGUAGE_CODE
    blocks = {
        block_name(RELATED, "next"): related_to(page.speaking(language), conf, moment=moment),
        block_name(BEST, "compact"): best_of(conf, language, without=[page]),
    }
    for block, offered in blocks.items():
        chance = Random(f"{article.key} {block} {moment:%W}")  # noqa: S311  # nobody has to be unable to guess it
        seen = chance.randint(*READERS)
        for position, key in enumerate(_subjects(offered)):
            often = FOLLOWED[position] * Random(key.object_pk).uniform(*LIKED)  # noqa: S311
            yield Offer(
                site_id=site_id(),
                week=monday(moment.astimezone(dt.UTC).date()),
                block=block,
                page_type_id=page.content_type_id,
                page_pk=page.object_pk,
                shown_type_id=key.content_type_id,
                shown_pk=key.object_pk,
                position=position,
                shown=seen,
                clicked=sum(chance.random() < often for _ in range(seen)),
            )


def _subjects(offered: list[Suggestion]) -> list[Key]:
    return [one.key.speaking("") for one in offered]
