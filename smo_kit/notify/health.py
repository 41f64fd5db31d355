"""Whether anybody does the work: what is overdue says that none is running, or that it can't."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import ngettext

from smo_kit.core.settings import site_id
from smo_kit.mail.models import Mail
from smo_kit.notify.kinds import CONFIRM, NEWS
from smo_kit.notify.models import Announcement, Delivery

LATE_MINUTES: Final = 10
"""Longer than this nothing waits where a worker looks every minute."""


def overdue(now: dt.datetime | None = None) -> int:
    """Return how many comments, notifications and mails should have gone their way long ago."""
    late = (now or timezone.now()) - dt.timedelta(minutes=LATE_MINUTES)
    mails = Mail.objects.waiting(late).filter(site_id=site_id(), kind__in=(NEWS, CONFIRM))
    announced = Announcement.objects.filter(created__lte=late, entry__discussion__site_id=site_id())
    return announced.count() + Delivery.objects.due(late).here().count() + mails.count()


def trouble() -> str:
    """Return what a person should know of the work, with the cure; "" if all is well."""
    number = overdue()
    if not number:
        return ""
    text = ngettext(
        "%(number)d notification has waited for more than %(minutes)d minutes: no worker is running, or the mail "
        "server takes nothing. “manage.py smo_send_mail” sends it, or says what is wrong. Let cron run it, or start "
        "“manage.py smo_send_mail --every 60”.",
        "%(number)d notifications have waited for more than %(minutes)d minutes: no worker is running, or the mail "
        "server takes nothing. “manage.py smo_send_mail” sends them, or says what is wrong. Let cron run it, or start "
        "“manage.py smo_send_mail --every 60”.",
        number,
    )
    return text % {"number": number, "minutes": LATE_MINUTES}
