"""What readers are offered: pages beside a page, and the best ones. One query each."""

from __future__ import annotations

from collections.abc import Iterable

from smo_kit.best.conf import BestConf
from smo_kit.best.models import Neighbour, Score
from smo_kit.best.periods import DAYS
from smo_kit.best.suggestions import BEST, NEW, Suggestion
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key


def related_to(key: Key, conf: BestConf) -> list[Suggestion]:
    """Return at most ``conf.limit`` pages to read after a subject in the key's language, the best first."""
    rows = Neighbour.objects.beside(key)
    if not conf.locked:
        rows = rows.filter(other__free=True)
    return [_suggestion(row.other, row.reason, row.detail) for row in rows[: conf.limit]]


def best_of(conf: BestConf, language: str, *, without: Iterable[Key] = ()) -> list[Suggestion]:
    """Return at most ``conf.limit`` of the best pages of a language, the editors' picks first."""
    if conf.period not in DAYS:
        rows = CardRow.objects.filter(language=language, smo_text__offered=True).order_by("-published")
        return [_suggestion(row, NEW) for row in rows[: conf.limit]]
    scores = Score.objects.of_site(conf.period).filter(card__language=language)
    return [_suggestion(score.card, BEST) for score in scores[: conf.limit]]


def _suggestion(row: CardRow, reason: str, detail: str = "") -> Suggestion:
    return Suggestion(row.key, row.as_card(), reason, detail)
