"""Changes of a comment's state: the only place where one becomes published or ceases to be.

Locks are always taken in one order: the root of the thread, comments of the thread, the discussion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connections, router, transaction
from django.db.models import Case, DateTimeField, F, PositiveIntegerField, Value, When
from django.db.models.functions import Cast, Concat, Substr
from django.dispatch import Signal
from django.utils import timezone

from smo_kit.comments import storage, tree_paths
from smo_kit.comments.kinds import COMMENTED
from smo_kit.comments.models import Action, Discussion, Entry
from smo_kit.comments.notices import mails_of
from smo_kit.comments.signals import (
    comment_published,
    comment_publishing,
    comment_withdrawing,
    comment_withdrawn,
)
from smo_kit.comments.states import FOLLOWING, State
from smo_kit.engagement.services import record
from smo_kit.mail.services import recall


def lock_thread(root_id: int) -> None:
    """Let nobody else change this thread until the transaction ends.

    An UPDATE, since that takes the lock on all three databases, and on SQLite before anything was read.
    """
    Entry.objects.filter(pk=root_id).update(size=F("size"))


def lock_discussion(discussion: Discussion) -> None:
    """Let nobody else change any thread of a discussion until the transaction ends."""
    roots = Entry.objects.filter(discussion=discussion, parent=None)
    if connections[router.db_for_write(Entry)].features.has_select_for_update:
        list(roots.order_by("pk").select_for_update().values_list("pk"))
    touch(discussion.pk)


def move(
    entry: Entry,
    state: State,
    *,
    user: Any = None,
    verb: str = "",
    note: str = "",
    reasons: Iterable[Any] | None = None,
) -> bool:
    """Bring a comment into a state, and return whether it was in another one that leads there.

    ``user`` did it (None: nobody but the rules); ``verb`` names it in the audit log ("": nothing is written there).
    Of two that want the same at once, one gets True, and the news is told once, on commit. What is erased is never
    published again. Mail about a comment that has not gone out is recalled unless it is published now.
    """
    with transaction.atomic():
        lock_thread(entry.root_id)
        current = Entry.objects.select_related("comment").get(pk=entry.pk)
        before = State(current.state)
        if state == before or state not in FOLLOWING[before]:
            return False
        if not current.comment.comment and state in {State.HELD, State.PUBLISHED}:
            return False
        current.state = state
        changed = ["state"]
        is_first = current.published_at is None
        if state is State.PUBLISHED and is_first:
            current.published_at = timezone.now()
            changed.append("published_at")
        if reasons is not None:
            current.reasons = list(reasons)
            changed.append("reasons")
        current.save(update_fields=changed)
        storage.mirror(entry.pk, state)
        if verb:
            Action.objects.write(current, verb, before=before, user=user, note=note)
        count(current, before, state, is_first=is_first)
        if state is not State.PUBLISHED:
            recall(key_prefix=mails_of(entry.pk))
    entry.refresh_from_db(fields=["state", "published_at", "reasons", "size"])
    return True


def count(entry: Entry, before: State | None, after: State, *, is_first: bool = True, is_told: bool = True) -> None:
    """Count a comment in or out where it counts, and tell it on commit. The caller holds the thread's lock.

    ``is_first`` False: it was published before, so its reader's deed is known.
    """
    if State.PUBLISHED not in {before, after}:
        return
    n = 1 if after is State.PUBLISHED else -1
    above = tree_paths.ancestors_of(entry.path)
    if above:
        Entry.objects.filter(pk__in=above).update(size=F("size") + n)
        storage.count_below(above, n)
    discussion = Discussion.objects.filter(pk=entry.discussion_id)
    last = _last_with(entry) if n == 1 else _last_without(entry)
    discussion.update(count=F("count") + n, version=F("version") + 1, last_at=last)
    if n == 1 and is_first:
        record(COMMENTED.id, entry.discussion.key)
    if is_told:
        (comment_publishing if n == 1 else comment_withdrawing).send(sender=Entry, entry=entry)
        tell(comment_published if n == 1 else comment_withdrawn, entry.pk)


def close_gap(deleted: Entry) -> None:
    """Let the replies to a comment that is deleted outright take its place."""
    above, end = deleted.path[: -tree_paths.DIGITS], len(deleted.path) + 1
    below = Entry.objects.filter(discussion_id=deleted.discussion_id).under(deleted.path)
    root = {} if above else {"root_id": Cast(Substr("path", end, tree_paths.DIGITS), PositiveIntegerField())}
    below.filter(parent__isnull=True).update(parent=deleted.parent_id)
    storage.leave_to_grandparent(deleted.pk, deleted.parent_id)
    # MariaDB reads what it has just written: what is made of the old path comes first.
    below.update(**root, path=Concat(Value(above), Substr("path", end)))


def touch(discussion_id: int) -> None:
    """Say that readers see something else now."""
    Discussion.objects.filter(pk=discussion_id).update(version=F("version") + 1)


def _last_with(entry: Entry) -> Case:
    when = Value(entry.published_at, output_field=DateTimeField())
    return Case(When(last_at__gt=when, then=F("last_at")), default=when)


def _last_without(entry: Entry) -> F | dt.datetime | None:
    """Return when the last comment that is left was published. All are looked at if this one was the last; if not, the
    column stays what it is by then, for another thread of the discussion may get a later one meanwhile.
    """
    known = Discussion.objects.filter(pk=entry.discussion_id).values_list("last_at", flat=True).first()
    if known and entry.published_at and entry.published_at < known:
        return F("last_at")
    return Entry.objects.last_published(entry.discussion_id)


def tell(signal: Signal, pk: int) -> None:
    """Send a signal about a comment when the transaction has come true, if the comment is still there then."""

    def send() -> None:
        comment = storage.XtdComment.objects.select_related("smo__discussion").filter(pk=pk).first()
        if comment is not None:
            signal.send_robust(sender=storage.XtdComment, comment=comment)

    transaction.on_commit(send, robust=True)
