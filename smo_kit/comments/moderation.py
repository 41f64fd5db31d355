"""What moderators decide and do, each decision learned from and written down, and taken back along what was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from smo_kit.comments.history import history_of, last_verb, of_this_text
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moves import lock_thread, move, touch
from smo_kit.comments.seen_text import TextChanged, mark_of
from smo_kit.comments.states import FOLLOWING, UNDO, State
from smo_kit.comments.storage import XtdComment, key_of_comment
from smo_kit.comments.texts import rewrite as write_text
from smo_kit.comments.votes import count_reports
from smo_kit.core.settings import site_id
from smo_kit.spam.services import Outcome, Submission, ban, learn, remember, similar, trust, unlearn

STATES: Final = {"publish": State.PUBLISHED, "hold": State.HELD, "remove": State.REMOVED, "spam": State.SPAM}
"""Where each verdict of a moderator brings a comment."""
OUTCOMES: Final[dict[str, Outcome]] = {"publish": "published", "remove": "removed", "spam": "spam"}
LEARNED: Final = {"publish": False, "spam": True}
"""What the filter learns from a verdict."""
PERSON: Final = {"trust": (trust, True), "distrust": (trust, False), "ban": (ban, True), "unban": (ban, False)}
"""What can be said of an author, and how the spam app is told."""


def decide(entry: Entry, verdict: str, *, user: Any = None, note: str = "", seen: str = "") -> Action | None:
    """Carry out a moderator's verdict (a key of STATES), and learn from it; return what was written down, if anything.

    ``user`` is the moderator, None for who came by a link of a mail. To publish what is published says that it may
    stay: its reports are settled. ``seen`` is the mark of the text that the moderator had before him ("": whatever it
    is); raises TextChanged where there is another one by now.
    """
    with transaction.atomic():
        lock_thread(entry.root_id)
        entry.comment.refresh_from_db(fields=["comment"])
        if seen and seen != mark_of(entry.comment.comment):
            raise TextChanged
        before = last_verb(history_of(entry), OUTCOMES)
        if not move(entry, STATES[verdict], user=user, verb=verdict, note=note) and not _keep(
            entry, verdict, user, note
        ):
            return None
        comment = entry.comment
        if verdict in LEARNED:
            learn(comment.comment, LEARNED[verdict], language=entry.language)
        if verdict in OUTCOMES and before != verdict:
            remember(author_of(comment), OUTCOMES[verdict], instead_of=OUTCOMES.get(before))
        count_reports(entry)
        return Action.objects.filter(entry=entry).latest("pk")


def undo(entry: Entry, *, user: Any = None, note: str = "", only: int | None = None) -> bool:
    """Take back a moderator's last verdict, and what was learned from it; return whether there was one to take back.

    ``only``: the id of the Action that it must be, so that nobody takes back what he has not seen.
    What has happened to the comment since (reports, an edit that was held) stands in the way. A comment that had waited
    for its guest waits for a moderator instead.
    """
    with transaction.atomic():
        lock_thread(entry.root_id)
        history = history_of(entry)
        if not history or history[-1].verb not in STATES or only not in {None, history[-1].pk}:
            return False
        entry.comment.refresh_from_db(fields=["comment"])
        if not entry.comment.comment:  # it is erased
            return False
        *earlier, last = history
        current = State(Entry.objects.values_list("state", flat=True).get(pk=entry.pk))
        state = State(last.before)
        if state not in FOLLOWING[current] | {current}:
            state = State.HELD
        if not move(entry, state, user=user, verb=UNDO, note=note):
            Action.objects.write(entry, UNDO, user=user, note=note)
        _forget(entry, last.verb, earlier)
        count_reports(entry)
    return True


def annotate(entry: Entry, text: str, *, user: Any) -> None:
    """Keep a moderator's note on a comment; readers never see it."""
    Action.objects.write(entry, "note", user=user, note=text)


def rewrite(entry: Entry, text: str, *, user: Any) -> None:
    """Give a comment another text on behalf of a moderator. The old one is kept in the log."""
    before = entry.comment.comment
    if text != before:
        with transaction.atomic():
            lock_thread(entry.root_id)
            Entry.objects.filter(pk=entry.pk).update(edited_at=timezone.now())
            write_text(entry, text, user=user, before=before)


def judge_person(entry: Entry, word: str, *, user: Any) -> None:
    """Trust or ban the author of a comment, or no more: ``word`` is a key of PERSON."""
    act, yes = PERSON[word]
    act(author_of(entry.comment), yes=yes)
    Action.objects.write(entry, word, user=user)


def pin(entry: Entry, *, user: Any = None, yes: bool = True) -> bool:
    """Show a comment before all others of its discussion, instead of the one pinned before; return whether it can be.

    Only a published root can.
    """
    if yes and (entry.level or not entry.is_published):
        return False
    with transaction.atomic():
        touch(entry.discussion_id)  # takes the lock: of two pins at once one stays
        if yes:
            Entry.objects.filter(discussion=entry.discussion_id, pinned_at__isnull=False).update(pinned_at=None)
        entry.pinned_at = timezone.now() if yes else None
        entry.save(update_fields=["pinned_at"])
        Action.objects.write(entry, "pin" if yes else "unpin", user=user)
    return True


def look_alikes(entry: Entry) -> list[Entry]:
    """Return comments of the last days that look like this one and are no spam yet, the likest first."""
    own = key_of_comment(entry.pk)
    keys = similar(entry.comment.comment, without=own)
    pks = [int(key.object_pk) for key in keys if key.content_type_id == own.content_type_id]
    found = Entry.objects.of_site(site_id()).with_comment().exclude(state=State.SPAM).in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def author_of(comment: XtdComment) -> Submission:
    """Return what the spam app knows the author of a comment by."""
    return Submission(
        text=comment.comment,
        name=comment.user_name,
        email=comment.user_email,
        url=comment.user_url,
        address=comment.ip_address or "",
        user_id=comment.user_id,
    )


def _keep(entry: Entry, verdict: str, user: Any, note: str) -> bool:
    """Write down that what is published may stay, where somebody had asked."""
    if verdict != "publish" or not entry.is_published:
        return False
    if not entry.reports and last_verb(of_this_text(history_of(entry)), STATES) == verdict:
        return False
    Action.objects.write(entry, verdict, user=user, note=note)
    return True


def _forget(entry: Entry, verdict: str, earlier: Iterable[Action]) -> None:
    """Take back what was learned from a verdict; what was said before it counts again."""
    comment, earlier = entry.comment, list(earlier)
    if verdict in LEARNED:
        said = last_verb(of_this_text(earlier), LEARNED)
        if said:
            learn(comment.comment, LEARNED[said], language=entry.language)
        else:
            unlearn(comment.comment)
    said = last_verb(earlier, OUTCOMES)
    if verdict in OUTCOMES and said != verdict:
        remember(author_of(comment), OUTCOMES.get(said), instead_of=OUTCOMES[verdict])
