"""Which comments a mail that is about to go out tells, and that they were told when it did."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from smo_kit.comments.states import State
from smo_kit.core.emails import folded
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.notify.due_times import due_for, is_held, oldest_kept
from smo_kit.notify.kinds import Frequency, Why
from smo_kit.notify.models import Delivery, Subscriber, Subscription
from smo_kit.notify.querysets import DeliveryQuerySet


def rows_to_tell(mails: Sequence[Mail]) -> dict[str, list[Delivery]]:
    """Return by the keys of their mails what is to be told, the oldest comment first.

    What is not to be told now is taken out of its mail: the comment is gone, or the subscriber does not want it, waits
    for it, or has another address. It comes back by itself: with the comment, or when it is due.
    """
    to = {mail.key or "": folded(mail.to) for mail in mails}
    found: dict[str, list[Delivery]] = defaultdict(list)
    gone, unwanted, held, now = [], [], [], timezone.now()
    for row in _rows(list(to)):
        if row.entry.state != State.PUBLISHED:
            gone.append(row)
        elif not _is_wanted(row):
            unwanted.append(row)
        elif is_held(row.subscriber, now) or folded(row.subscriber.address) != to[row.mail_key]:
            held.append(row)
        else:
            found[row.mail_key].append(row)
    _take_out(gone, unwanted, held, now)
    return dict(found)


def put_off(rows: Sequence[Delivery]) -> None:
    """Take out of their mails what nobody may see now: it is tried again tomorrow, or with the next digest.

    What has waited for as long as anything is kept is not.
    """
    if not rows:
        return
    now = timezone.now()
    _untold(rows).filter(created__lt=oldest_kept(now)).update(mail_key="", due=None)
    for subscriber, some in _by_subscriber(rows).items():
        is_instant = subscriber.frequency == Frequency.INSTANT
        due = now + dt.timedelta(days=1) if is_instant else due_for(subscriber, now)
        _untold(some).update(mail_key="", due=due)


def note_told(letter: Letter) -> None:
    """Write down that a letter's comments were told: nobody hears of them again."""
    Delivery.objects.filter(pk__in=letter.tells, told_at__isnull=True).update(told_at=timezone.now(), due=None)


def _rows(keys: Sequence[str]) -> DeliveryQuerySet:
    muted = Subscription.objects.filter(subscriber=OuterRef("subscriber"), discussion=OuterRef("discussion"))
    rows = Delivery.objects.filter(mail_key__in=keys, told_at__isnull=True, read_at__isnull=True)
    rows = rows.exclude(subscriber__user__is_active=False)
    rows = rows.annotate(muted=Subquery(muted.values("is_muted")[:1])).order_by("pk")
    return rows.select_related("subscriber").prefetch_related("discussion", "entry__comment")  # many share these


def _is_wanted(row: Delivery) -> bool:
    muted: bool | None = getattr(row, "muted", None)  # None: he neither follows the discussion nor has muted it
    if muted is not None:
        return not muted
    match Why(row.why):
        case Why.REPLY | Why.MENTION:
            return row.subscriber.replies
        case Why.OWN_PAGE:
            return row.subscriber.own_pages
        case Why.DISCUSSION:
            return False


def _take_out(
    gone: Iterable[Delivery], unwanted: Iterable[Delivery], held: Iterable[Delivery], now: dt.datetime
) -> None:
    if gone:
        rows = _untold(gone)
        rows.exclude(entry__state=State.PUBLISHED).delete()
        rows.update(mail_key="", due=now)  # published again just now
    if unwanted:
        _untold(unwanted).update(mail_key="", due=None)
    for subscriber, some in _by_subscriber(held).items():
        _untold(some).update(mail_key="", due=due_for(subscriber, now))


def _by_subscriber(rows: Iterable[Delivery]) -> dict[Subscriber, list[Delivery]]:
    found: dict[Subscriber, list[Delivery]] = defaultdict(list)
    for row in rows:
        found[row.subscriber].append(row)
    return found


def _untold(rows: Iterable[Delivery]) -> DeliveryQuerySet:
    """Return those that still are in the mails in hand."""
    return Delivery.objects.filter(
        pk__in=[row.pk for row in rows], mail_key__in={row.mail_key for row in rows}, told_at__isnull=True
    )
