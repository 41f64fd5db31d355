"""From one row, "announce comment N", to one delivery for each who is to hear of it: in batches, by any worker.

A batch and how far it came are written in one transaction: whoever is killed in the middle has done nothing, and
another goes on after the last batch. Nobody gets two deliveries of one comment, whatever is done twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import DatabaseError, IntegrityError
from django.db.models import Q
from django.utils import timezone

from smo_kit.comments.models import Entry
from smo_kit.core.chunks import CHUNK
from smo_kit.core.emails import folded
from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import site_id
from smo_kit.core.shown import card_of, owner_of
from smo_kit.core.transactions import LOST, free, patiently
from smo_kit.mail.models import Mail
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.due_times import due_for, oldest_kept
from smo_kit.notify.kinds import CONFIRM, Why
from smo_kit.notify.models import Announcement, Delivery, Subscriber, Subscription
from smo_kit.notify.push.queue import forget_pushes, queue_pushes
from smo_kit.notify.querysets import DeliveryQuerySet
from smo_kit.notify.subscribers import subscribers_of

logger = event_logger(__name__)

LOOK: Final = 50
"""So many announcements are looked at for one that no other worker has in hand."""
PAUSE: Final = dt.timedelta(minutes=10)
"""When an announcement that could not be carried on is tried again."""
CATCH_UP: Final = 50
"""Comments at most that somebody hears of who has proved his address after they came."""


def announce(entry: Entry) -> None:
    """Write down, in the transaction that publishes a comment, that people are to hear of it.

    Not of one that was first published so long ago that what they were told of it is forgotten: they would hear again.
    """
    if entry.published_at and entry.published_at < oldest_kept(timezone.now()):
        return
    Announcement.objects.bulk_create([Announcement(entry=entry)], ignore_conflicts=True)


def withdraw(entry: Entry) -> None:
    """Recall what nobody was told of a comment that is withdrawn.

    What is in a mail stays: that may be on its way, and if it is not, ``mail_contents`` takes it out.
    """
    Announcement.objects.filter(entry=entry).delete()
    Delivery.objects.filter(entry=entry, told_at__isnull=True, mail_key="").delete()
    forget_pushes(entry)


def spread(limit: int) -> int:
    """Make about ``limit`` deliveries of what is announced; return how many steps of work were done, 0: nothing is."""
    done = 0
    while done < limit and (step := _some_step()):
        done += step
    return done


def catch_up(subscriber: Subscriber, discussion_id: int | None) -> None:
    """Tell somebody, who has just proved his address, of what came between his wish and the proof."""
    subscriber.refresh_from_db()
    wanted = Q(discussion=discussion_id) if discussion_id else Q(pk__in=())
    if subscriber.replies:
        own = {"parent__comment__user_email__iexact": subscriber.address, "parent__comment__user": subscriber.user_id}
        wanted |= Q(**own)
    entries = Entry.objects.published().filter(wanted, published_at__gte=_asked_at(subscriber))
    found = list(entries.select_related("comment", "parent__comment").order_by("-pk")[:CATCH_UP])
    for entry in reversed(found):
        is_answer = entry.parent is not None and _is(subscriber, _author_of(entry.parent))
        why = Why.REPLY if is_answer and subscriber.replies else Why.DISCUSSION
        _deliver(entry, {subscriber.pk: (subscriber, why)})
    _only_here(subscriber).filter(entry__in=found).update(due=due_for(subscriber, timezone.now()))


def mail_what_waits(subscriber: Subscriber) -> None:
    """Mail a member, who has just proved his address, what he was told on the site alone since he was asked to."""
    _only_here(subscriber).filter(created__gte=_asked_at(subscriber)).update(due=due_for(subscriber, timezone.now()))


def _only_here(subscriber: Subscriber) -> DeliveryQuerySet:
    return Delivery.objects.filter(subscriber=subscriber, due=None, mail_key="", told_at=None, read_at=None)


def _asked_at(subscriber: Subscriber) -> dt.datetime:
    """Return when a subscriber was first asked for the proof that he has given now."""
    since = timezone.now() - dt.timedelta(hours=notify_settings().confirm_hours)
    asked = Mail.objects.filter(site_id=site_id(), kind=CONFIRM, to=subscriber.address, created__gte=since)
    return asked.order_by("created").values_list("created", flat=True).first() or max(subscriber.created, since)


def _some_step() -> int:
    """Carry on, by a batch, the oldest announcement that no other worker has in hand; return how much was done."""
    waiting = Announcement.objects.filter(due__lte=timezone.now(), entry__discussion__site_id=site_id())
    pks = list(waiting.order_by("due", "pk").values_list("pk", flat=True)[:LOOK])
    return next(filter(None, map(_tried, pks)), 0)


def _tried(pk: int) -> int:
    """Do a step; put off for a while what can't be done, so that it holds up nobody else's news."""
    try:
        return patiently(lambda: _step(pk), IntegrityError)  # of two rows that were to hear of it one was made
    except LOST:
        raise
    except Exception:
        logger.exception(
            "Comment %s can't be announced now; it is tried again later.", pk, extra=event("notify.not_announced")
        )
        Announcement.objects.filter(pk=pk).update(due=timezone.now() + PAUSE)
        return 1


def _step(pk: int) -> int:
    """Carry one announcement on by a batch; return how much was done, 0: another has it in hand."""
    announcement = _taken(pk)
    if announcement is None:
        return 0
    entry = Entry.objects.published().filter(pk=pk)
    found = entry.select_related("comment", "discussion", "parent__comment").first()
    if found is None:
        announcement.delete()
        return 1
    people = _spoken_to(found) if announcement.cursor == 0 else {}
    follows = Subscription.objects.following(found.discussion_id).filter(pk__gt=announcement.cursor)
    batch = list(follows.select_related("subscriber").order_by("pk")[:CHUNK])
    for one in batch:
        people.setdefault(one.subscriber_id, (one.subscriber, Why.DISCUSSION))
    queue_pushes(found, _deliver(found, people))
    if len(batch) < CHUNK:
        announcement.delete()
    else:
        Announcement.objects.filter(pk=pk).update(cursor=batch[-1].pk)
    return 1 + len(people)


def _taken(pk: int) -> Announcement | None:
    """Return an announcement that no other worker has in hand, locked until the transaction ends.

    None also if its comment is just being moved: who does that waits for our deliveries, and we must not wait for him.
    """
    found = free(Announcement.objects.filter(pk=pk)).first()
    if found is None:
        return None
    return found if free(Entry.objects.filter(pk=pk), no_key=True).values_list("pk").first() else None


def _spoken_to(entry: Entry) -> dict[int, tuple[Subscriber, Why]]:
    """Return whom a comment concerns by itself: who is answered, who is named, whose page it is."""
    people: dict[int, tuple[Subscriber, Why]] = {}
    if entry.parent is not None:
        _add(people, _writers([entry.parent], entry.language), Why.REPLY)
    if entry.mentions:
        named = Entry.objects.filter(pk__in=entry.mentions).select_related("comment")
        _add(people, _writers(named, entry.language), Why.MENTION)
    people = {pk: one for pk, one in people.items() if one[0].replies}
    if notify_settings().tell_owners:
        _add(people, (one for one in _owners(entry) if one.own_pages), Why.OWN_PAGE)
    muted = Subscription.objects.filter(discussion=entry.discussion_id, is_muted=True, subscriber__in=list(people))
    for pk in muted.values_list("subscriber", flat=True):
        del people[pk]
    return people


def _owners(entry: Entry) -> list[Subscriber]:
    key = entry.discussion.key
    try:
        owner = owner_of(key, card_of(key, language=entry.language))
    except DatabaseError:
        raise
    except Exception:  # what a site's page raises must not keep all others from their news
        logger.exception(
            "Whose page comment %s is on can't be told.", entry.pk, extra=event("notify.owner_unknown", entry=entry.pk)
        )
        return []
    return [] if owner is None else subscribers_of({owner}, language=entry.language)


def _add(people: dict[int, tuple[Subscriber, Why]], some: Iterable[Subscriber], why: Why) -> None:
    for one in some:
        people.setdefault(one.pk, (one, why))


def _writers(entries: Iterable[Entry], language: str) -> list[Subscriber]:
    comments = [one.comment for one in entries]
    members = {comment.user_id for comment in comments if comment.user_id is not None}
    guests = {folded(comment.user_email) for comment in comments if comment.user_id is None} - {""}
    found = subscribers_of(members, language=language) if members else []
    if guests:
        found += Subscriber.objects.here().filter(folded__in=guests, confirmed_at__isnull=False)
    return found


def _deliver(entry: Entry, people: Mapping[int, tuple[Subscriber, Why]]) -> list[Delivery]:
    now, author = timezone.now(), _author_of(entry)
    rows = (_delivery(entry, one, why, now) for one, why in people.values() if not _is(one, author))
    return Delivery.objects.bulk_create(filter(None, rows), ignore_conflicts=True)


def _delivery(entry: Entry, subscriber: Subscriber, why: Why, now: dt.datetime) -> Delivery | None:
    """Return what somebody hears: by mail, or on the site if he is a member; None for a guest who gets no mail."""
    due = due_for(subscriber, now)
    if due is None and subscriber.user_id is None:
        return None
    return Delivery(subscriber=subscriber, entry=entry, discussion_id=entry.discussion_id, why=why, due=due)


def _author_of(entry: Entry) -> tuple[Any, str]:
    """Return a comment's author: the primary key of an account or None, and an address as it is compared or ""."""
    return entry.comment.user_id, folded(entry.comment.user_email)


def _is(subscriber: Subscriber, author: tuple[Any, str]) -> bool:
    user_id, address = author
    is_member = user_id is not None and subscriber.user_id == user_id
    return is_member or (bool(address) and subscriber.folded == address)
