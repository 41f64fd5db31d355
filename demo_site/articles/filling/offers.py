"""What was offered beside pages and followed, and what was read one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from demo_site.articles.filling.in_database import PK, Fill, day
from smo_kit.best.models import Offer, Pair
from smo_kit.best.periods import WEEKS_KEPT

PLACES: Final = 6
"""Places of a block."""
NEXT: Final = "CAST(a.id + 1 + d %% 7 AS varchar(64))"


def fill_offers(wanted: int) -> Iterator[int]:
    """Have pages offered until there are so many rows; yield how many there are."""
    columns = {
        "site_id": "%(site)s",
        "week": _week(f"d / {PLACES}"),
        "block": "'related:cards'",
        "page_type_id": "%(type)s",
        "page_pk": PK,
        "shown_type_id": "%(type)s",
        "shown_pk": NEXT,
        "position": f"d %% {PLACES}",
        "shown": "1 + (a.id * 7 + d * 13) %% 97",
        "clicked": "(a.id + d) %% 3",
    }
    yield from Fill(Offer, columns).run(wanted)


def fill_pairs(wanted: int) -> Iterator[int]:
    """Have pages read one after the other until there are so many rows; yield how many there are."""
    columns = {
        "site_id": "%(site)s",
        "first_type_id": "%(type)s",
        "first_pk": f"CASE WHEN {PK} < {NEXT} THEN {PK} ELSE {NEXT} END",
        "second_type_id": "%(type)s",
        "second_pk": f"CASE WHEN {PK} < {NEXT} THEN {NEXT} ELSE {PK} END",
        "week": _week("d / 7"),
        "n": "1 + (a.id + d) %% 5",
    }
    yield from Fill(Pair, columns).run(wanted)


def _week(number: str) -> str:
    """Return the SQL of the Monday so many weeks ago; after those that are kept it begins anew."""
    since = (timezone.now().astimezone(dt.UTC).date()).weekday()
    return day(f"(7 * (({number}) %% {WEEKS_KEPT}) + {since})")
