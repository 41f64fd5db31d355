"""Questions to the openings of locks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from smo_kit.lock.models import Opening  # noqa: F401  # named below as a string


class OpeningQuerySet(QuerySet["Opening"]):
    """What readers did to open locks."""

    def standing(self, now: dt.datetime) -> OpeningQuerySet:
        """Return those by which a lock is open now."""
        return self.filter(Q(until=None) | Q(until__gt=now), opened__isnull=False)

    def tried(self, since: dt.datetime) -> OpeningQuerySet:
        """Return those that were begun since then and have not opened yet, the last first."""
        return self.filter(opened=None, tried__gte=since).order_by("-tried", "-pk")
