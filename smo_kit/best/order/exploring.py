"""A few places of a block try pages that stand further down, so that a good one is found which nobody has seen yet.

Which ones is drawn anew for each period, from the page and the period alone: within it every reader gets the same
bytes, and nothing is written. A page is drawn the oftener, the more a try of it is worth (``Neighbour.worth``): those
that may be good, and of which little is known.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from django.utils import timezone

from smo_kit.best.models import Neighbour
from smo_kit.best.suggestions import CHOSEN, NEW, TRIED
from smo_kit.core.subjects import Key

_HASHES: Final = 2**64


def explored(
    rows: Sequence[Neighbour], key: Key, *, limit: int, share: int, hours: int, moment: dt.datetime | None = None
) -> list[Neighbour]:
    """Return the first ``limit`` rows with a few of the others among them, whose reason is TRIED.

    ``share``: per cent of the places that try; the first place and what editors pinned stay as they are. ``hours``: the
    length of a period.
    """
    shown = list(rows[:limit])
    places = [place for place in range(1, len(shown)) if shown[place].reason != CHOSEN]
    spare = [row for row in rows[limit:] if row.reason != CHOSEN and (row.reason != NEW or shown[-1].reason == NEW)]
    if not (share and spare and places):
        return shown
    period = period_of(key, hours, moment or timezone.now())
    chance = f"{key.content_type_id}.{key.object_pk}.{key.language}.{period}"
    many = min(tries(limit, share, _part(chance, "many")), len(spare), len(places))
    drawn = sorted(spare, key=lambda row: -math.log(_part(chance, f"page {row.other_id}")) / max(1, row.worth))[:many]
    at = sorted(places, key=lambda place: _part(chance, f"place {place}"))[:many]
    for place, row in zip(sorted(at), drawn, strict=True):
        row.reason, row.detail = TRIED, ""
        shown.insert(place, row)
    return shown[:limit]


def tries(limit: int, share: int, chance: float) -> int:
    """Return how many of the places of a block try a page in a period: ``share`` per cent of them over the periods.

    ``chance``: a number between 0 and 1, drawn for the period.
    """
    return int(limit * share / 100 + chance)


def period_of(key: Key, hours: int, moment: dt.datetime) -> int:
    """Return the number of a page's period: not all pages of a site change at one stroke."""
    seconds = hours * 3600
    offset = _part(f"{key.content_type_id}.{key.object_pk}", "offset") * seconds
    return int((moment.timestamp() + offset) // seconds)


def _part(*words: str) -> float:
    """Return a number between 0 and 1, both exclusive: it looks like chance, and is the same for the same words."""
    digest = blake2b("\0".join(words).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") + 0.5) / (_HASHES + 1)
