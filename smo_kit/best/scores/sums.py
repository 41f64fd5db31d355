"""What people did for subjects in each period: sums of the counts, one query for some hundred subjects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Final, TypeAlias

from django.db.models import Case, IntegerField, Q, Sum, Value, When

from smo_kit.best.kinds import CLICKED, READ, SECONDS
from smo_kit.best.periods import DAYS, Period
from smo_kit.best.scores.decay import faded
from smo_kit.core.subjects import Key
from smo_kit.engagement.kinds import READER, SHARED, VIEWED
from smo_kit.engagement.models import Count

Act: TypeAlias = tuple[str, str]
"""A kind and its facet."""
Acts: TypeAlias = dict[Act, float]

COMMENTED: Final = "commented"
"""A kind of an app that best materials need not know: without it there are no such counts."""
PREVIEWED: Final = "previewed"
VERIFIED: Final = "verified"
VISITED: Final = "visited"

_PERIODS: Final[tuple[Period, ...]] = tuple(DAYS)
"""From the shortest to the longest: each holds those before it."""
_WANTED: Final = (
    Q(kind=VIEWED.id, facet=READER)
    | Q(kind=READ.id, facet=SECONDS)
    | Q(kind=SHARED.id, facet__in=[READER, PREVIEWED, VERIFIED, VISITED])
    | Q(kind__in=[COMMENTED, CLICKED.id])
)


def sums_of(keys: Collection[Key], today: dt.date, half_life: int) -> dict[Key, dict[Period, Acts]]:
    """Return what was done for each of these subjects (some hundred) on this site, faded by age, by period.

    Of all time nothing is faded. Subjects that nothing was done for are left out.
    """
    rows = (
        Count.objects.about(keys)
        .filter(_WANTED)
        .annotate(band=_band(today))
        .order_by()
        .values_list("content_type_id", "object_pk", "kind", "facet", "band")
        .annotate(whole=Sum("n"), less=Sum(faded(today, half_life)))
    )
    sums: dict[Key, dict[Period, Acts]] = {}
    for content_type, pk, kind, facet, band, whole, less in rows:
        acts = sums.setdefault(Key(content_type, pk), {period: defaultdict(float) for period in _PERIODS})
        for period in _PERIODS[band:]:
            acts[period][kind, facet] += float(less if DAYS[period] else whole)
    return sums


def _band(today: dt.date) -> Case:
    """Return the number of the shortest period that a day lies in."""
    cases = [
        When(day__gt=today - dt.timedelta(days=DAYS[period]), then=Value(band))
        for band, period in enumerate(_PERIODS)
        if DAYS[period]
    ]
    return Case(*cases, default=Value(len(_PERIODS) - 1), output_field=IntegerField())
