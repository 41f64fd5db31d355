"""What readers are offered: pages beside a page, and the best ones. One query each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from smo_kit.best.conf import BestConf
from smo_kit.best.models import Neighbour
from smo_kit.best.order.beside import lacks, newest_beside, wanted_rows
from smo_kit.best.order.exploring import explored
from smo_kit.best.scores.bests import best_of
from smo_kit.best.suggestions import NEW, Suggestion, suggestion_of
from smo_kit.core.subjects import Key

__all__ = ["best_of", "related_to"]


def related_to(
    key: Key, conf: BestConf, *, without: Collection[Key] = (), moment: dt.datetime | None = None
) -> list[Suggestion]:
    """Return at most ``conf.limit`` pages to read after a subject in the key's language, the best first; none of
    ``without``, in any language.

    One query, and a second one only where the index knows too little. ``moment``: instead of now, for what is tried.
    """
    rows = list(Neighbour.objects.beside(key, conf.language or key.language))
    wanted = wanted_rows(rows, {key, *without}, key.language, conf)
    shown = explored(wanted, key, limit=conf.limit, share=conf.explore, hours=conf.explore_hours, moment=moment)
    found = [suggestion_of(row.other, row.reason, row.detail) for row in shown]
    if room := lacks(rows, wanted, conf):
        known = [*without, *(row.other.key for row in shown)]
        found += [suggestion_of(row, NEW) for row in newest_beside(key, conf, known, room)]
    return found
