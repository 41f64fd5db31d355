"""Pages whose neighbours wait to be put in order again."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from smo_kit.best.models import Text
from smo_kit.core.chunks import in_chunks


def let_wait(cards: Iterable[int]) -> None:
    """Have the neighbours of cards (their ids, however many) put in order again, whatever is being done with them."""
    for some in in_chunks(sorted(set(cards))):
        Text.objects.filter(pk__in=some).update(unranked=timezone.now())
