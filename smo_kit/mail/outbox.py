"""How workers share the outbox: each claims some mails for a while, and whoever is killed loses its claim in time.

A mail may go out twice only where a worker dies between the server's "250 OK" and the mark in the table, or where one
call takes longer than the lease; it has the same Message-ID then.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Callable, Iterable, Sequence
from secrets import token_hex
from typing import Any

from django.db import connections, router, transaction
from django.db.models import Q
from django.utils import timezone

from smo_kit.core.transactions import patiently
from smo_kit.mail.kinds import composed_kinds
from smo_kit.mail.models import Mail, State
from smo_kit.mail.querysets import MailQuerySet

DONE = (State.SENT, State.SKIPPED, State.RECALLED)


def new_owner() -> str:
    """Return a name for this worker that no other has."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{token_hex(6)}"


def claim(batch: int, lease: int, owner: str) -> list[Mail]:
    """Take at most ``batch`` mails that are due for ``lease`` seconds; no two workers get the same one.

    First come those whose worker has died, then the ones that wait, the oldest first.
    """
    now = timezone.now()
    until = now + dt.timedelta(seconds=lease)
    with transaction.atomic(using=database()):
        taken = _take(Mail.objects.lapsed(now).ours(), batch, owner, until)
        if taken < batch:
            _take(Mail.objects.waiting(now).ours(), batch - taken, owner, until)
        return list(Mail.objects.filter(state=State.CLAIMED, owner=owner, claimed_until=until).order_by("due", "id"))


def _take(mails: MailQuerySet, number: int, owner: str, until: dt.datetime) -> int:
    features = connections[database()].features
    some: Any = mails.values_list("pk", flat=True)
    if features.has_select_for_update:
        some = list(some.select_for_update(skip_locked=features.has_select_for_update_skip_locked)[:number])
    else:  # SQLite: one statement, for a transaction that reads first can't write where another has written meanwhile
        some = some[:number]
    return Mail.objects.filter(pk__in=some).update(state=State.CLAIMED, owner=owner, claimed_until=until)


def renew(mails: Sequence[Mail], lease: int, owner: str) -> list[Mail]:
    """Keep mails for ``lease`` seconds more; return those that still are the worker's: some may have been recalled."""
    mine = _held([mail.pk for mail in mails], owner)
    if mine.update(claimed_until=timezone.now() + dt.timedelta(seconds=lease)) == len(mails):
        return list(mails)
    kept = set(mine.values_list("pk", flat=True))
    return [mail for mail in mails if mail.pk in kept]


def mark_sent(mail: Mail, owner: str, note: Callable[[], None] | None = None, **written: Any) -> bool:
    """Say that the server has a mail; return whether it still was the worker's. One recalled meanwhile was sent.

    One mail at a time: of those that wait to be marked, a killed worker's would all go out twice. ``note`` is called in
    the same transaction, which outlives a database that restarts; ``written`` are columns that are kept with it.
    """
    return patiently(lambda: _mark_sent(mail, owner, note, written))


def _mark_sent(mail: Mail, owner: str, note: Callable[[], None] | None, written: dict[str, Any]) -> bool:
    sent = {**written, "state": State.SENT, "sent": timezone.now()}
    was_held = settle(mail, owner, last_error="", **sent)
    if not was_held:
        Mail.objects.filter(pk=mail.pk, state=State.RECALLED).update(**sent)
    if note:
        note()
    return was_held


def settle(mail: Mail, owner: str, **columns: Any) -> bool:
    """Say what became of a mail, and let go of it; return whether it still was the worker's."""
    return bool(_held([mail.pk], owner).update(owner="", claimed_until=None, **columns))


def give_back(mails: Iterable[Mail], owner: str) -> None:
    """Let other workers have mails that were not tried."""
    pks = [mail.pk for mail in mails]
    if pks:
        patiently(lambda: _held(pks, owner).update(state=State.WAITING, owner="", claimed_until=None))


def send_again(mails: MailQuerySet) -> int:
    """Let mails that were given up or skipped go out after all, now; return how many."""
    has_text = Q(kind__in=composed_kinds()) | ~Q(text="")
    given_up = mails.filter(has_text, state__in=(State.DEAD, State.SKIPPED, State.RECALLED))
    return given_up.update(state=State.WAITING, due=timezone.now(), tries=0)


def sweep(keep_days: int) -> int:
    """Delete mails that are done with and older than so many days; return how many.

    Of those with a key it and the state stay, so that nobody gets them again; not of kinds that compose their mails,
    which are by then about something else.
    """
    before = timezone.now() - dt.timedelta(days=keep_days)
    old = Mail.objects.filter(state__in=DONE, due__lt=before)
    gone = old.filter(Q(key__isnull=True) | Q(kind__in=composed_kinds())).delete()[0]
    return gone + old.exclude(to="").update(to="", text="", html="", headers={}, reply_to="", reason="")


def _held(pks: Sequence[int], owner: str) -> MailQuerySet:
    return Mail.objects.filter(pk__in=pks, owner=owner, state=State.CLAIMED)


def database() -> str:
    """Return the alias of the database that the outbox is written in."""
    return router.db_for_write(Mail)
