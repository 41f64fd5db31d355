"""Questions to fingerprints and reputations of this site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from smo_kit.core.settings import site_id

if TYPE_CHECKING:
    from smo_kit.spam.models import Decision, Print, Reputation  # noqa: F401  # named below as strings


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


RECENT: Final = 200
"""Decisions by which the filter is measured."""


def right_before(decisions: QuerySet[Decision]) -> tuple[int, int]:
    """Return how many of the last decisions there are, and on how many the filter had been right on its own."""
    recent = decisions.filter(pk__in=list(decisions.order_by("-made").values_list("pk", flat=True)[:RECENT]))
    right = Q(is_spam=True, before__gte=0.5) | Q(is_spam=False, before__lt=0.5)
    figures = recent.aggregate(many=Count("pk"), right=Count("pk", filter=right))
    return figures["many"], figures["right"]
