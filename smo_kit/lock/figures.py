"""What is said of locks to who watches the site."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum
from django.utils import timezone

from smo_kit.core.figures import Figure, Values, register_figure
from smo_kit.lock.models import Count


def today() -> Values:
    """Count what was done at locks since midnight (UTC)."""
    day = timezone.now().astimezone(dt.UTC).date()
    found = Count.objects.filter(day=day).order_by().values_list("what").annotate(sum=Sum("n"))
    return {(what,): float(n) for what, n in found}


register_figure(Figure("lock_today", "Times that locks were shown, tried and opened today.", today, ("what",)))
