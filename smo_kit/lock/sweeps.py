"""What locks throw away: openings that have closed, tries that came to nothing, old counts, locks of deleted pages.

An opening for good stays as long as its lock. A place where a lock is not shown any more stays too: its page may only
be read seldom, and the admin says since when.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from smo_kit.core.chunks import in_chunks
from smo_kit.core.lost import lost
from smo_kit.core.settings import site_id
from smo_kit.core.sweeps import register_sweep
from smo_kit.lock.counting import today
from smo_kit.lock.models import Count, Lock, Opening

KEPT_DAYS: Final = 30
"""For so long it is known what has closed, and what was tried and not opened."""
COUNTED_DAYS: Final = 731
"""For so long there are figures: two years, so that a month can be compared with the same of the year before."""


def forget_closed() -> int:
    """Delete openings that have closed long ago; return how many."""
    return Opening.objects.filter(lock__site_id=site_id(), until__lt=_before()).delete()[0]


def forget_tries() -> int:
    """Delete tries that came to nothing long ago; return how many."""
    return Opening.objects.filter(lock__site_id=site_id(), opened=None, tried__lt=_before()).delete()[0]


def forget_counts() -> int:
    """Delete counts of days too long ago to be looked at; return how many."""
    before = today() - dt.timedelta(days=COUNTED_DAYS)
    return Count.objects.filter(lock__site_id=site_id(), day__lt=before).delete()[0]


def forget_orphans() -> int:
    """Delete the locks of subjects that are not there any more, with all that hangs on them; return how many."""
    locks, gone = Lock.objects.filter(site_id=site_id()).order_by(), 0
    for content_type in ContentType.objects.filter(pk__in=locks.values("content_type")):
        of_type = locks.filter(content_type=content_type)
        for pks in in_chunks(sorted(set(of_type.values_list("object_pk", flat=True)))):
            rows = of_type.filter(object_pk__in=lost(content_type, pks))
            gone += rows.delete()[1].get(Lock._meta.label, 0)
    return gone


def _before() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=KEPT_DAYS)


register_sweep("openings that have closed", forget_closed)
register_sweep("tries that opened nothing", forget_tries)
register_sweep("old counts of locks", forget_counts)
register_sweep("locks of deleted pages", forget_orphans)
