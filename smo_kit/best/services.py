"""What readers are offered: pages beside a page, and the best ones. One query each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from smo_kit.best.beside import lacks, newest_beside, wanted_rows
from smo_kit.best.conf import BestConf
from smo_kit.best.exploring import explored
from smo_kit.best.models import Neighbour, Score
from smo_kit.best.periods import DAYS
from smo_kit.best.suggestions import BEST, NEW, Suggestion
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key


def related_to(key: Key, conf: BestConf, *, moment: dt.datetime | None = None) -> list[Suggestion]:
    """Return at most ``conf.limit`` pages to read after a subject in the key's language, the best first.

    One query, and a second one only where the index knows too little. ``moment``: instead of now, for what is tried.
    """
    rows = list(Neighbour.objects.beside(key, conf.language or key.language))
    wanted = wanted_rows(rows, key, conf)
    shown = explored(wanted, key, limit=conf.limit, share=conf.explore, hours=conf.explore_hours, moment=moment)
    found = [_suggestion(row.other, row.reason, row.detail) for row in shown]
    if room := lacks(rows, wanted, conf):
        found += [_suggestion(row, NEW) for row in newest_beside(key, conf, [row.other for row in shown], room)]
    return found


def best_of(conf: BestConf, language: str, *, without: Iterable[Key] = ()) -> list[Suggestion]:
    """Return at most ``conf.limit`` of the best pages of a language, the editors' picks first."""
    if conf.period not in DAYS:
        rows = CardRow.objects.filter(language=language, smo_text__offered=True).order_by("-published")
        return [_suggestion(row, NEW) for row in rows[: conf.limit]]
    scores = Score.objects.of_site(conf.period).filter(card__language=language)
    return [_suggestion(score.card, BEST) for score in scores[: conf.limit]]


def _suggestion(row: CardRow, reason: str, detail: str = "") -> Suggestion:
    return Suggestion(row.key, row.as_card(), reason, detail)
