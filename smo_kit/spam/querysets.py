"""Questions to fingerprints and reputations of this site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from smo_kit.core.settings import site_id

if TYPE_CHECKING:
    from smo_kit.spam.models import Print, Reputation  # noqa: F401  # named below as strings


class PrintQuerySet(QuerySet["Print"]):
    """Fingerprints."""

    def of_last(self, days: int) -> PrintQuerySet:
        """Return those of the last days."""
        return self.filter(site_id=site_id(), made__gte=timezone.now() - dt.timedelta(days=days))


class ReputationQuerySet(QuerySet["Reputation"]):
    """Reputations."""

    def of(self, marks: Iterable[str]) -> ReputationQuerySet:
        """Return the rows of one person: his account's, his address's."""
        return self.filter(site_id=site_id(), who__in=list(marks))
