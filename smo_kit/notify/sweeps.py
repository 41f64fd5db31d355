"""What of notifications grows old: what was told long ago, addresses that nobody proved, guests who want nothing."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from smo_kit.core.sweeps import register_sweep
from smo_kit.mail.models import Mail
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.due_times import FOREVER, oldest_kept
from smo_kit.notify.kinds import CONFIRM, Frequency
from smo_kit.notify.models import Delivery, Push, Subscriber


def sweep_deliveries() -> int:
    """Delete what was told or could be read on the site for so many days, and waits for no mail; return how many.

    For a mail that a pause without end holds back nothing waits.
    """
    old = Delivery.objects.filter(created__lt=oldest_kept(timezone.now()))
    return old.filter(Q(due__isnull=True) | Q(due__gte=FOREVER)).delete()[0]


def sweep_subscribers() -> int:
    """Delete guests who have not proved their address in time, or ended all mails long ago; return how many."""
    now = timezone.now()
    before = now - dt.timedelta(hours=notify_settings().confirm_hours)
    asked = Mail.objects.filter(kind=CONFIRM, created__gte=before)  # he may have asked again, and has a link that works
    unproved = Q(confirmed_at__isnull=True, created__lt=before) & ~Q(address__in=asked.values("to"))
    ended = Q(frequency=Frequency.NEVER, ended_at__lt=oldest_kept(now))
    return Subscriber.objects.filter(unproved | ended, user=None).delete()[1].get(Subscriber._meta.label, 0)


def sweep_pushes() -> int:
    """Delete what devices were told, or were not in the end, so many days ago; return how many."""
    return Push.objects.filter(created__lt=oldest_kept(timezone.now()), due__isnull=True).delete()[0]


register_sweep("notifications", sweep_deliveries)
register_sweep("subscribers", sweep_subscribers)
register_sweep("pushes", sweep_pushes)
