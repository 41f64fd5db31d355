"""Questions to many rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from smo_kit.best.conf import EVERY_LANGUAGE
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

if TYPE_CHECKING:
    from smo_kit.best.models import Neighbour, Pick, Score, Text  # noqa: F401  # named below as strings


class TextQuerySet(QuerySet["Text"]):
    """Texts of the index."""

    def waiting(self) -> TextQuerySet:
        """Return those that wait to be read again, the longest wait first; not those that are to be tried later."""
        return self.filter(due__lte=timezone.now()).order_by("due")

    def to_rank(self) -> TextQuerySet:
        """Return those whose neighbours wait to be put in order, the longest wait first; by what is known of them."""
        return self.filter(unranked__isnull=False).order_by("unranked")


class NeighbourQuerySet(QuerySet["Neighbour"]):
    """Pages beside others."""

    def beside(self, key: Key, language: str) -> NeighbourQuerySet:
        """Return what may be offered beside a subject in a language, with its cards, in order: one query.

        ``EVERY_LANGUAGE``: in all. A page that the index leaves out stands there if an editor has pinned it.
        """
        page = {f"card__{name}": value for name, value in key.fields.items()}
        if language != EVERY_LANGUAGE:
            page["card__language"] = language
        is_offered = Q(other__smo_text__offered=True) | Q(other__smo_text__isnull=True)
        return self.filter(is_offered, place__isnull=False, **page).select_related("other").order_by("place", "pk")


class ScoreQuerySet(QuerySet["Score"]):
    """Scores of this site."""

    def of_site(self, period: str) -> ScoreQuerySet:
        """Return the scores of a period, the best first; of equals that which has been one for longer."""
        return self.filter(site_id=site_id(), period=period).order_by("-score", "pk")


class PickQuerySet(QuerySet["Pick"]):
    """What editors want everywhere."""

    def now(self, moment: dt.datetime | None = None) -> PickQuerySet:
        """Return what holds at a moment (now), on this site."""
        return self.everywhere(moment).filter(site_id=site_id())

    def everywhere(self, moment: dt.datetime | None = None) -> PickQuerySet:
        """Return what holds at a moment (now), on whatever site of the database."""
        moment = moment or timezone.now()
        begun = Q(since__isnull=True) | Q(since__lte=moment)
        lasts = Q(until__isnull=True) | Q(until__gt=moment)
        return self.filter(begun & lasts)
