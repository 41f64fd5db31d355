"""What ratings say of a subject as a whole, to whoever asks ``core.opinions``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from smo_kit.core.opinions import Opinion, merged, register_opinions
from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.ratings.models import Summary

_MIDDLE: Final = 3.0
_STEPS: Final = 2.0
"""Stars from the middle to either end."""


def opinions_of_readers(keys: Collection[Key]) -> dict[Key, Opinion]:
    """Return what readers think of these subjects now: five stars, a like and a reaction are 1, one star is -1."""
    by_subject: dict[Key, list[Opinion]] = defaultdict(list)
    for summary in Summary.objects.filter(about(keys), site_id=site_id(), count__gt=0):
        by_subject[summary.key].append(_opinion(summary))
    return {key: merged(opinions) for key, opinions in by_subject.items()}


def _opinion(summary: Summary) -> Opinion:
    mean = (summary.average - _MIDDLE) / _STEPS if summary.kind == "stars" else 1.0
    return Opinion(summary.count, mean)


register_opinions("ratings", opinions_of_readers)
