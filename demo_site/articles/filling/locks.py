"""Locks on some pages: who has opened them, and how often each was shown, tried and opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from demo_site.articles.filling.in_database import DAY, OF_PAGE, PK, Fill, day, moment
from smo_kit.lock.models import Count, Lock, Opening

NAME: Final = "fill"
PART: Final = 10
"""Every so-manieth page has one."""
OF_LOCK: Final = (
    "JOIN smo_lock_lock l ON l.site_id = %(site)s AND l.content_type_id = %(type)s "
    f"AND l.object_pk = {PK} AND l.name = '{NAME}'"
)
WHAT: Final = "CROSS JOIN (SELECT column1 AS what FROM (VALUES ('shown'), ('tried'), ('opened')) v) w"


def fill_locks(wanted: int) -> Iterator[int]:
    """Lock pages until there are so many locks; yield how many there are."""
    columns = {
        **OF_PAGE,
        "name": f"'{NAME}'",
        "is_on": "TRUE",
        "options": "'{}'",
        "made": moment(f"a.id %% {900 * DAY}"),
    }
    yield from Fill(Lock, columns, part=PART, is_even=True).run(wanted)


def fill_openings(wanted: int) -> Iterator[int]:
    """Have the locks opened until there are so many openings; yield how many there are."""
    at = moment(f"(d * 17 + a.id) %% {25 * DAY}")
    columns = {
        "lock_id": "l.id",
        "opener": "'fill ' || ((a.id * 31 + d) %% 100000)",
        "way": "'share'",
        "network": "'telegram'",
        "variant": "''",
        "tried": at,
        "opened": f"CASE WHEN d %% 3 > 0 THEN {at} END",
    }
    yield from Fill(Opening, columns, joins=OF_LOCK, part=PART).run(wanted)


def fill_lock_counts(wanted: int) -> Iterator[int]:
    """Count what was done at the locks until there are so many rows; yield how many there are."""
    columns = {
        "lock_id": "l.id",
        "day": day("d"),
        "what": "w.what",
        "way": "''",
        "network": "''",
        "variant": "''",
        "n": "1 + (a.id * 7 + d * 13) %% 97",
    }
    yield from Fill(Count, columns, joins=f"{OF_LOCK} {WHAT}", part=PART, times=3, is_even=True).run(wanted)
