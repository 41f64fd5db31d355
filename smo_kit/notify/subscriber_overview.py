"""How a subscriber stands, and what became of what he was to be told, as an editor sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from smo_kit.comments.desk import PageOf, pages_of
from smo_kit.core.emails import folded
from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, one_line
from smo_kit.mail.models import Mail, Suppression
from smo_kit.notify.due_times import FOREVER, is_paused
from smo_kit.notify.kinds import NEWS, Frequency
from smo_kit.notify.models import Delivery, Subscriber

DAYS: Final = 30
MOST: Final = 50
"""Notifications of so many days are shown, and so many at most."""
LENGTH: Final = 80
"""Letters of a comment that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notification as an editor sees it."""

    delivery: Delivery
    page: PageOf
    words: str
    """The beginning of the comment."""
    state: str
    mail: Mail | None
    """The mail that tells it, or is to."""


def standing_of(subscriber: Subscriber, *, suppressed: bool = False) -> str:
    """Say whether a subscriber gets mail, and if not, why."""
    if subscriber.frequency == Frequency.NEVER:
        return _("gets no mail")
    if not subscriber.address:
        return _("has no address")
    if subscriber.confirmed_at is None:
        return _("address is not proved")
    if suppressed:
        return _("address is suppressed")
    until = subscriber.paused_until
    if until and is_paused(subscriber, timezone.now()):
        return _("paused") if until == FOREVER else _("paused until %(date)s") % {"date": _said(until)}
    return _("gets mail")


def pace_of(subscriber: Subscriber, frequency: Frequency) -> str:
    """Say how often somebody gets mail. A guest without mail has no list on the site either."""
    is_guest = subscriber.user_id is None
    return _("never") if is_guest and frequency == Frequency.NEVER else str(frequency.label)


def suppressed_among(subscribers: Iterable[Subscriber]) -> set[str]:
    """Return those of the subscribers' addresses that get no news, in one query."""
    pairs = [(one.address, NEWS) for one in subscribers if one.address]
    return {address for address, _kind in Suppression.objects.stopping(pairs)}


def suppressions_of(subscriber: Subscriber) -> QuerySet[Suppression]:
    """Return why a subscriber's address gets no news: the rows that stop them."""
    if not folded(subscriber.address):
        return Suppression.objects.none()
    return Suppression.objects.of(subscriber.address).filter(kind__in=("", NEWS))


def told_of(subscriber: Subscriber) -> list[Told]:
    """Return what a subscriber was told of late, or is to be, the last first: in three queries."""
    since = timezone.now() - dt.timedelta(days=DAYS)
    rows = Delivery.objects.filter(subscriber=subscriber, created__gte=since).order_by("-pk")
    deliveries = list(rows.select_related("entry__comment", "discussion")[:MOST])
    pages = pages_of([one.discussion for one in deliveries])
    keys = {one.mail_key for one in deliveries} - {""}
    mails = {mail.key: mail for mail in Mail.objects.filter(site_id=site_id(), key__in=keys)}
    return [
        Told(
            delivery=one,
            page=pages[one.discussion_id],
            words=cut(one_line(f"{one.entry.author_name}: {one.entry.comment.comment}"), LENGTH),
            state=_state_of(one, mails.get(one.mail_key)),
            mail=mails.get(one.mail_key),
        )
        for one in deliveries
    ]


def _state_of(delivery: Delivery, mail: Mail | None) -> str:
    if delivery.read_at:
        read = _("read on the site, %(date)s") % {"date": _said(delivery.read_at)}
        return f"{_mailed(delivery, mail)}; {read}" if mail or delivery.told_at else read
    return _mailed(delivery, mail)


def _mailed(delivery: Delivery, mail: Mail | None) -> str:
    if mail is not None:
        return _("mail: %(state)s") % {"state": mail.get_state_display()}
    if delivery.told_at:
        return _("sent, %(date)s") % {"date": _said(delivery.told_at)}
    if delivery.due == FOREVER:
        return _("waits until the pause ends")
    if delivery.due:
        return _("waits until %(date)s") % {"date": _said(delivery.due)}
    return _("only on the site")


def _said(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
