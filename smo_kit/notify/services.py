"""What people do with their notifications: ask for them, prove an address, follow, mute, pause, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import Any

from django.utils import timezone

from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.states import State
from smo_kit.core.emails import BadAddress, normalised
from smo_kit.core.transactions import patiently
from smo_kit.engagement.services import record
from smo_kit.mail.addresses import marks
from smo_kit.mail.asking_limits import may_ask, was_answered
from smo_kit.notify import kinds
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.due_times import FOREVER, due_for
from smo_kit.notify.fan_out import catch_up
from smo_kit.notify.kinds import SUBSCRIBED, Frequency
from smo_kit.notify.letters import ask_by_mail
from smo_kit.notify.links import confirm_url, proof_url
from smo_kit.notify.lost_links import ask_for_link
from smo_kit.notify.mail_queue import hold_back
from smo_kit.notify.models import Delivery, Subscriber, Subscription, Wish
from smo_kit.notify.subscribers import at_address, is_proved, prove, subscriber_of


class Asked(Enum):
    """What became of the wish for mail."""

    DONE = auto()
    """It was known whose address it is."""
    MAILED = auto()
    """A mail was sent with a link that proves the address; or one could have been: a stranger is not told more."""
    TOO_MANY = auto()
    """No more such mails are sent for now."""
    ONLY_HERE = auto()
    """A member without an address hears of it on the site."""
    NOT_YET = auto()
    """What looks like spam causes no mail."""


def ask(
    address: str,
    discussion: Discussion | None,
    *,
    language: str,
    frequency: str = "",
    browser: str = "",
    client: str = "",
    user: Any = None,
) -> Asked:
    """Take the wish that news of a discussion (None: answers to own comments alone) go to an address.

    ``frequency`` is how often ("": as before; a stranger's word counts when the owner of the address confirms it),
    ``browser`` the mark of the one that asks, ``client`` its IP address, ``user`` the member who does: his own address
    is used, whatever is given, and on the site he follows at once; who gets no mail gets none by this either, unless
    ``frequency`` says so. Nothing is sent to an address that is not proved, but one mail that asks. Raises BadAddress.
    """
    if user is None:
        return _ask_guest(normalised(address), discussion, language, frequency, browser, client)
    subscriber = _believed(subscriber_of(user, language=language))
    follow(subscriber, discussion, frequency=frequency)
    if subscriber.frequency == Frequency.NEVER:
        return Asked.DONE
    link_for = partial(confirm_url, discussion_id=discussion.pk if discussion else None, frequency=frequency)
    return _asked(subscriber, link_for, discussion, client, frequency=frequency)


def ask_for_proof(subscriber: Subscriber, *, client: str = "", again: bool = False) -> Asked:
    """Ask by mail whether an address is the subscriber's; by his word he follows no more than before.

    ``again``: he had proved it, and it was doubted since. Raises BadAddress.
    """
    subscriber = _believed(subscriber)
    return _asked(subscriber, proof_url, None, client, follows=False, again=again)


def _believed(subscriber: Subscriber) -> Subscriber:
    """Return a subscriber whose address is proved if his account says so."""
    if subscriber.confirmed_at is None and subscriber.user is not None and is_proved(subscriber.user):
        return prove(subscriber)
    return subscriber


def _asked(
    subscriber: Subscriber,
    link_for: Callable[[Subscriber], str],
    discussion: Discussion | None,
    client: str,
    **words: Any,
) -> Asked:
    """Ask somebody for the proof of his address, if that can and need be done."""
    if subscriber.confirmed_at is not None:
        return Asked.DONE
    if not subscriber.address:
        return Asked.ONLY_HERE
    if not may_ask(kinds.CONFIRM, subscriber.address, client, notify_settings().confirm_most):
        return Asked.TOO_MANY
    ask_by_mail(subscriber, link_for(subscriber), discussion, **words)
    return Asked.MAILED


def _ask_guest(
    address: str, discussion: Discussion | None, language: str, frequency: str, browser: str, client: str
) -> Asked:
    """Follow at once in the browser that has proved the address, else ask; of what is refused nothing is stored."""
    known = Subscriber.objects.at(address).filter(confirmed_at__isnull=False).first()
    if known is not None and browser in filter(None, known.browsers):
        follow(known, discussion, frequency=_by_mail(known, frequency))
        return Asked.DONE
    if not may_ask(kinds.CONFIRM, address, client, notify_settings().confirm_most):
        return Asked.TOO_MANY
    subscriber = at_address(address, language=language)
    link = confirm_url(subscriber, discussion.pk if discussion else None, frequency=frequency)
    ask_by_mail(subscriber, link, discussion, frequency=frequency)
    return Asked.MAILED


def send_link(address: str, *, client: str = "") -> bool:
    """Let a worker send the owner of a proved address the link to his page, and others nothing; say whether so many may
    be asked for. Raises BadAddress."""
    if not may_ask(kinds.LINK, address, client, notify_settings().confirm_most):
        return False
    ask_for_link(address)
    return True


def confirm(
    pk: int,
    mark: str,
    discussion: Discussion | None,
    *,
    browser: str = "",
    frequency: str = "",
    follows: bool = True,
) -> Subscriber | None:
    """Take a link's word that the address of a mark is the subscriber's. Return None if it is another by now.

    ``browser`` is the mark of the one in which he says so; ``follows`` False: he does not ask for anything.
    """
    subscriber = Subscriber.objects.here().filter(pk=pk).first()
    if subscriber is None or mark not in marks(subscriber.address):
        return None
    was_new = subscriber.confirmed_at is None
    try:
        subscriber = patiently(partial(_prove_and_follow, subscriber, discussion, browser, frequency, follows))
    except Subscriber.DoesNotExist:  # erased just now
        return None
    if was_new:  # once: the link works for days, and each press would give one more mail to whoever asks
        was_answered(kinds.CONFIRM, subscriber.address, "")
    return subscriber


def _prove_and_follow(
    subscriber: Subscriber, discussion: Discussion | None, browser: str, frequency: str, follows: bool
) -> Subscriber:
    was_new = subscriber.confirmed_at is None
    subscriber = prove(subscriber, browser=browser)
    if follows:
        follow(subscriber, discussion, frequency=_by_mail(subscriber, frequency))
    if was_new:
        catch_up(subscriber, discussion.pk if discussion else None)
    return subscriber


def wish(entry: Entry, *, whole: bool, client: str = "") -> Asked:
    """Take the wish that the author of a new comment hears of answers (``whole``: of the whole discussion).

    A guest whose comment waits for his word is asked nothing more: ``granted`` follows. Raises BadAddress.
    """
    if entry.state == State.SPAM:
        return Asked.NOT_YET
    comment, discussion = entry.comment, entry.discussion if whole else None
    if comment.user_id is None and entry.state == State.PENDING:
        Wish.objects.update_or_create(entry=entry, defaults={"is_whole": whole})
        return Asked.MAILED
    asked = {"language": entry.language, "browser": entry.author_mark, "client": client, "user": comment.user}
    if comment.user is not None:
        asked["frequency"] = _by_mail(subscriber_of(comment.user, language=entry.language))
    return ask(comment.user_email, discussion, **asked)


def granted(entry: Entry) -> None:
    """Carry out, in the caller's transaction, what a guest has wished who has proved his comment's address."""
    found = Wish.objects.filter(entry=entry).first()
    if found is None:
        return
    found.delete()
    try:
        subscriber = at_address(entry.comment.user_email, language=entry.language)
    except BadAddress:  # mail can't be sent there, and the comment need not wait for that
        return
    subscriber = prove(subscriber)  # not in the browser that wrote: it may be a stranger's
    follow(subscriber, entry.discussion if found.is_whole else None, frequency=_by_mail(subscriber))


def follow(subscriber: Subscriber, discussion: Discussion | None, *, frequency: str = "") -> None:
    """Let a subscriber hear of every comment of a discussion (None: of answers to him).

    ``frequency`` is how often he gets mail from now on; "": as before, be it never.
    """
    if frequency and subscriber.frequency != frequency:
        set_frequency(subscriber, frequency)
    if discussion is None:
        Subscriber.objects.filter(pk=subscriber.pk).update(replies=True)
        return
    _row, is_new = Subscription.objects.update_or_create(
        subscriber=subscriber, discussion=discussion, defaults={"is_muted": False}
    )
    if is_new:
        record(SUBSCRIBED.id, discussion.key)


def mute(subscriber: Subscriber, discussion: Discussion) -> None:
    """Let a subscriber hear nothing more of a discussion, not even answers, nor what he was not told yet."""
    Subscription.objects.update_or_create(subscriber=subscriber, discussion=discussion, defaults={"is_muted": True})
    _forget(subscriber, discussion)


def unmute(subscriber: Subscriber, discussion: Discussion) -> None:
    """Let a subscriber hear of a discussion that he has followed as before; how often he gets mail stays."""
    Subscription.objects.filter(subscriber=subscriber, discussion=discussion).update(is_muted=False)


def leave(subscriber: Subscriber, discussion: Discussion) -> None:
    """Let a subscriber hear of a discussion only what concerns himself, as where he never followed it."""
    Subscription.objects.filter(subscriber=subscriber, discussion=discussion).delete()
    _forget(subscriber, discussion, why=kinds.Why.DISCUSSION)


def set_frequency(subscriber: Subscriber, frequency: str) -> None:
    """Send a subscriber's mails at once, once a day, once a week, or never; what waits is due at the new time."""
    subscriber.frequency = Frequency(frequency)
    is_over = subscriber.frequency == Frequency.NEVER
    subscriber.ended_at = (subscriber.ended_at or timezone.now()) if is_over else None
    _change(subscriber, "frequency", "ended_at")


def pause(subscriber: Subscriber, until: dt.datetime = FOREVER) -> None:
    """Send a subscriber nothing until then; he gets what he missed in one mail."""
    subscriber.paused_until = until
    _change(subscriber, "paused_until")


def resume(subscriber: Subscriber) -> None:
    """End a pause: what waits is sent, in one mail."""
    subscriber.paused_until = timezone.now()
    _change(subscriber, "paused_until")


def end_all(subscriber: Subscriber) -> None:
    """Send a subscriber no mail any more, and trust no browser of his. What he follows stays known: he may undo it."""
    subscriber.browsers = []
    subscriber.save(update_fields=["browsers"])
    set_frequency(subscriber, Frequency.NEVER)


def choose(subscriber: Subscriber, *, replies: bool, own_pages: bool, language: str) -> None:
    """Say whether a subscriber hears of answers to him and of comments on his own pages, and in which language."""
    subscriber.replies, subscriber.own_pages, subscriber.language = replies, own_pages, language
    subscriber.save(update_fields=["replies", "own_pages", "language"])


def renew_links(subscriber: Subscriber) -> None:
    """Let the links of older mails open his page no more, and trust no browser: somebody else may have one."""
    subscriber.generation += 1
    subscriber.browsers = []
    subscriber.save(update_fields=["generation", "browsers"])


def _by_mail(subscriber: Subscriber, frequency: str = "") -> str:
    """Return how often who asks for mail gets it: as he says, as before (""), or at once where he got none."""
    return frequency or (Frequency.INSTANT if subscriber.frequency == Frequency.NEVER else "")


def _change(subscriber: Subscriber, *columns: str) -> None:
    def change() -> None:
        subscriber.save(update_fields=columns)
        hold_back(subscriber, due_for(subscriber, timezone.now()))

    patiently(change)


def _forget(subscriber: Subscriber, discussion: Discussion, **which: Any) -> None:
    untold = Delivery.objects.filter(subscriber=subscriber, discussion=discussion, told_at__isnull=True, **which)
    if subscriber.user_id is None:
        untold.delete()
    else:
        untold.update(due=None, mail_key="")
