"""Scores of what is best: worked out anew for all cards of a site, some hundred at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils import timezone

from smo_kit.best.bulk import delete, upsert
from smo_kit.best.conf import BestConf, best_settings
from smo_kit.best.models import Score
from smo_kit.best.periods import DAYS, Period
from smo_kit.best.scores.decay import part
from smo_kit.best.scores.sums import sums_of
from smo_kit.best.scores.worth import worth
from smo_kit.best.stamp import bump
from smo_kit.core.chunks import CHUNK, in_chunks
from smo_kit.core.models import CardRow
from smo_kit.core.opinions import NO_OPINION, opinions_of
from smo_kit.core.settings import settings_version, site_id
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import patiently

Place: TypeAlias = tuple[int, str]
"""A card and a period."""


class _Page(NamedTuple):
    """What a card's score depends on, beside the counts."""

    card: int
    content_type: int
    object_pk: str
    kind: str
    published: dt.datetime | None

    @property
    def subject(self) -> Key:
        """Without a language: counts have none."""
        return Key(self.content_type, self.object_pk)


_IDENTITY: Final = ("site_id", "card", "period")


def renew_due_scores() -> int:
    """Renew the scores unless a worker has done or begun that within ``renew_minutes``, with the settings of now."""
    slot = f"smo:best:scores:{site_id()}:{settings_version()}"
    if not cache.add(slot, 1, best_settings().renew_minutes * 60):
        return 0
    try:
        return renew_scores()
    except BaseException:  # also when it is interrupted
        cache.delete(slot)
        raise


def renew_scores() -> int:
    """Work out the scores of this site's cards anew and return how many changed. Safe to run beside itself.

    Blocks show them when they are next made; at once where the site had none.
    """
    conf, today = best_settings(), timezone.now().astimezone(dt.UTC).date()
    changed = had = 0
    for pages in _all_pages():
        news, there = _renew(pages, conf, today)
        changed, had = changed + news, had + there
    if changed and not had:
        bump()
    return changed + _drop_strays()


def _all_pages() -> Iterator[Sequence[_Page]]:
    """Yield all cards in chunks, each read whole: SQLite lets nobody write who reads an older state."""
    cards = CardRow.objects.order_by("pk")
    ordered = cards.values_list("pk", "content_type", "object_pk", "kind", "published")
    chunk = [_Page(*row) for row in ordered[:CHUNK]]
    while chunk:
        yield chunk
        chunk = [_Page(*row) for row in ordered.filter(pk__gt=chunk[-1].card)[:CHUNK]]


def _renew(pages: Sequence[_Page], conf: BestConf, today: dt.date) -> tuple[int, int]:
    """Renew the scores of some cards; return how many changed, and how many there were."""
    now = _scores(pages, conf, today)
    there: dict[Place, tuple[int, float]] = {}
    rows = Score.objects.filter(site_id=site_id(), card__in=[page.card for page in pages])
    for pk, card, period, score in rows.values_list("pk", "card_id", "period", "score"):
        there[card, period] = pk, score
    gone = [pk for place, (pk, _) in there.items() if place not in now]
    news = {place: score for place, score in now.items() if place not in there or there[place][1] != score}
    if gone or news:
        patiently(partial(_write, news, gone))
    return len(gone) + len(news), len(there)


def _scores(pages: Sequence[_Page], conf: BestConf, today: dt.date) -> dict[Place, float]:
    """Return the scores above 0. All languages of a subject have the same."""
    offered = [page for page in pages if page.kind not in conf.leave_out]
    subjects = {page.subject for page in offered}
    sums, opinions = sums_of(subjects, today, conf.half_life_days), opinions_of(subjects)
    scores: dict[Place, float] = {}
    for page in offered:
        for period, acts in sums.get(page.subject, {}).items():
            there, opinion = _there(page, period, today, conf.half_life_days), opinions.get(page.subject, NO_OPINION)
            if score := worth(acts, conf, there, opinion):
                scores[page.card, period] = score
    return scores


def _there(page: _Page, period: Period, today: dt.date, half_life: int) -> float:
    """Return the part of a period that a page has been there for; a day that has begun is one."""
    if not DAYS[period] or page.published is None:
        return 1.0
    days = (today - page.published.astimezone(dt.UTC).date()).days + 1
    return part(max(days, 1), DAYS[period], half_life)


def _write(news: dict[Place, float], gone: Sequence[int]) -> None:
    """Write in the order of the keys, so that two writers lock rows in one order."""
    rows = [(site_id(), card, period, news[card, period]) for card, period in sorted(news)]
    upsert(Score, (*_IDENTITY, "score"), rows, identity=_IDENTITY, renewed=("score",))
    delete(Score.objects.filter(pk__in=gone))


def _drop_strays() -> int:
    """Drop the scores of cards that are gone."""
    strays = Score.objects.filter(~Exists(CardRow.objects.filter(pk=OuterRef("card_id"))), site_id=site_id())
    pks = list(strays.values_list("pk", flat=True))
    for some in in_chunks(pks):
        delete(Score.objects.filter(pk__in=some))
    return len(pks)
