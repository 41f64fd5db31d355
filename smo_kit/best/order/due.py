"""When pages' neighbours are put in order anew: after news of them, and now and then, since pages grow old."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from typing import Final

from django.utils import timezone

from smo_kit.best.models import Text
from smo_kit.best.order.attraction import renew_rates
from smo_kit.best.order.picks import renew_offered
from smo_kit.best.order.ranking import rank
from smo_kit.best.order.together import renew_total
from smo_kit.core.transactions import free, patiently

OLD: Final = dt.timedelta(days=1)
"""An order that nothing has changed is worked out anew after that time: pages have grown older, others are new."""
PART: Final = 50
"""Pages of one transaction: SQLite lets nobody else write meanwhile, for a quarter of a second."""
A_SWEEP: Final = 2_000
"""Pages that a sweep puts in order at the most."""
SWEEP_SECONDS: Final = 20.0


def rank_due(most: int, seconds: float) -> int:
    """Put the neighbours of at most ``most`` pages in order that wait for it, for some seconds; return of how many.

    Several workers may do it at once: each takes pages that no other has in hand.
    """
    renew_offered()
    until = time.monotonic() + seconds
    done = 0
    while done < most and (not done or time.monotonic() < until):
        if not (many := patiently(partial(_rank_some, min(PART, most - done)))):
            break
        done += many
    return done


def sweep_orders() -> int:
    """Put in order what waits for it or was put in order long ago; return how many pages that were."""
    renew_rates()
    renew_total()
    now = timezone.now()
    old = Text.objects.filter(ranked__lt=now - OLD, unranked__isnull=True).order_by("ranked")
    Text.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:A_SWEEP])).update(unranked=now)
    return rank_due(A_SWEEP, SWEEP_SECONDS)


def _rank_some(most: int) -> int:
    cards = [text.pk for text in free(Text.objects.to_rank().only("pk"))[:most]]
    if cards:
        rank(cards)
    return len(cards)
