"""What readers are offered: pages beside a page, and the best ones. One query each."""

from __future__ import annotations

from smo_kit.best.bests import best_of
from smo_kit.best.conf import BestConf
from smo_kit.best.models import Neighbour
from smo_kit.best.suggestions import Suggestion, suggestion_of
from smo_kit.core.subjects import Key

__all__ = ["best_of", "related_to"]


def related_to(key: Key, conf: BestConf) -> list[Suggestion]:
    """Return at most ``conf.limit`` pages to read after a subject in the key's language, the best first."""
    rows = Neighbour.objects.beside(key)
    if not conf.locked:
        rows = rows.filter(other__free=True)
    return [suggestion_of(row.other, row.reason, row.detail) for row in rows[: conf.limit]]
