"""What people do with comments: post, confirm, change, take back. Each tells what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.comments import storage, tree_paths
from smo_kit.comments.conf import MODERATE, CommentsConf
from smo_kit.comments.discussions import conf_of, discussion_of, must_be_allowed, must_be_open
from smo_kit.comments.drafts import Draft, right_text, tidied
from smo_kit.comments.judging import (
    Judgement,
    ask_moderators,
    judgement_on,
    reasons_while_held,
    submission_of,
    tell_moderators,
    waits_for_moderators,
)
from smo_kit.comments.markup import to_html
from smo_kit.comments.mentions import Participants, mentioned, participants
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.moves import count, lock_thread, move
from smo_kit.comments.notices import CONFIRM, ask_to_confirm, tell_of_held
from smo_kit.comments.people import author_mark, person_of
from smo_kit.comments.signals import comment_confirming
from smo_kit.comments.states import State
from smo_kit.comments.texts import rewrite
from smo_kit.core.durations import HOUR
from smo_kit.core.limits import within
from smo_kit.core.refusals import Refused
from smo_kit.core.settings import site_id
from smo_kit.core.shown import card_on
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import patiently
from smo_kit.mail.asking_limits import may_ask, was_answered
from smo_kit.spam.services import TooMany, admit, note

TWICE: Final = dt.timedelta(minutes=10)
"""For so long the same words in the same place are a form that was sent twice."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a draft."""

    entry: Entry
    is_new: bool
    """False: it was there already (a double click), and nothing happened."""


def post(subject: Model | Key, draft: Draft, *, request: HttpRequest | None = None) -> Posted:
    """Take a comment on a subject. Raises Refused, whose sentence is for its author; then nothing was stored.

    A guest's waits for his confirmation if the site wants one; what looks like spam waits for a moderator.
    """
    discussion = discussion_of(subject, draft.language)
    conf = conf_of(discussion)
    must_be_allowed(discussion, draft.user)
    draft = tidied(draft, conf)
    page = discussion.key.subject()
    card = card_on(page, discussion.key, language=draft.language)
    must_be_open(discussion, card.published if card else None)
    parent = _parent(discussion, draft.reply_to, conf)
    if (twin := _find(once := _once(discussion, draft))) is not None:
        return Posted(twin, is_new=False)
    _must_be_few(draft, discussion)
    waits = ask_moderators(storage.XtdComment(**_fields(discussion, draft)), page, request)
    judgement = judgement_on(submission_of(draft, discussion.key, card), conf, waits=waits)
    state = State.PENDING if _must_confirm(draft, conf, judgement) else judgement.state
    names = participants(discussion, draft.text)
    try:
        entry = patiently(lambda: _store(discussion, parent, draft, conf, judgement, state, names, once))
    except IntegrityError:
        if (twin := _find(once)) is None:
            raise
        return Posted(twin, is_new=False)
    _tell_moderators(entry, page, request)
    return Posted(entry, is_new=True)


def confirm(entry: Entry) -> bool:
    """Take a guest's word that he wrote it; it is judged anew. Return whether it waited for that."""
    if entry.state != State.PENDING:
        return False
    discussion, comment = entry.discussion, entry.comment
    page = discussion.key.subject()
    card = card_on(page, discussion.key, language=entry.language)
    draft = draft_of(entry)
    submission = submission_of(draft, discussion.key, card, own=storage.key_of_comment(entry.pk))
    judgement = judgement_on(submission, conf_of(discussion), waits=waits_for_moderators(comment, page))
    moved = patiently(lambda: _take_word(entry, judgement))
    if moved:
        was_answered(CONFIRM, draft.email, draft.address)
        _tell_moderators(entry, page, None)
    return moved


def _take_word(entry: Entry, judgement: Judgement) -> bool:
    """Do what the rules say of a comment that is confirmed, with all that hangs on it, or nothing."""
    moved = move(entry, judgement.state, verb="confirmed", reasons=judgement.reasons)
    if moved:
        if judgement.state is State.HELD:
            tell_of_held(entry)
        comment_confirming.send(sender=Entry, entry=entry)
    return moved


def may_change(entry: Entry) -> bool:
    """Say whether its author may still change or take back a comment."""
    minutes = conf_of(entry.discussion).edit_minutes
    since = timezone.now() - dt.timedelta(minutes=minutes)
    return entry.state not in {State.REMOVED, State.SPAM} and entry.comment.submit_date > since


def edit(entry: Entry, text: str) -> Entry:
    """Give a comment another text, on behalf of its author; it is judged anew. Raises Refused.

    What waits or is published may come to wait or to be spam by that; nothing is published by it. The log keeps the old
    text of what was held or reported.
    """
    _must_be_changeable(entry)
    conf = conf_of(entry.discussion)
    text = right_text(text, conf)
    if text == entry.comment.comment:
        return entry
    _must_be_few_changes(entry, conf)
    judgement = _judged_anew(entry, text, conf)
    with transaction.atomic():
        _lock_to_change(entry)
        before = entry.comment.comment
        if text != before:
            rewrite(entry, text, before=before if entry.reports or entry.state == State.HELD else "")
            _follow(entry, judgement)
    return entry


def take_back(entry: Entry) -> bool:
    """Remove a comment on behalf of its author. Raises Refused when it is too late."""
    with transaction.atomic():
        _lock_to_change(entry)
        Entry.objects.filter(pk=entry.pk).update(once=None)
        return move(entry, State.REMOVED, verb="taken back")


def _lock_to_change(entry: Entry) -> None:
    """Lock the thread, and read what has become of the comment. Raises Refused when it is too late to change it."""
    lock_thread(entry.root_id)
    entry.refresh_from_db(from_queryset=Entry.objects.select_related("comment__user", "discussion"))
    _must_be_changeable(entry)


def _judged_anew(entry: Entry, text: str, conf: CommentsConf) -> Judgement:
    entry.comment.comment = text
    key = entry.discussion.key
    page = key.subject()
    card = card_on(page, key, language=entry.language)
    submission = submission_of(draft_of(entry), key, card, own=storage.key_of_comment(entry.pk))
    return judgement_on(submission, conf, waits=waits_for_moderators(entry.comment, page))


def _follow(entry: Entry, judgement: Judgement) -> None:
    """Do what the rules say of a text that its author has changed. The caller holds the lock of the thread."""
    was_held = entry.state == State.HELD
    entry.edited_at, entry.once, entry.spam_score = timezone.now(), None, judgement.score
    entry.reasons = reasons_while_held(judgement) if was_held else judgement.reasons
    entry.save(update_fields=["edited_at", "once", "spam_score", "reasons"])
    if judgement.state is State.SPAM or (entry.is_published and judgement.state is State.HELD):
        move(entry, judgement.state, verb="judged")
        if judgement.state is State.HELD:
            tell_of_held(entry)


def _tell_moderators(entry: Entry, page: Model | None, request: HttpRequest | None) -> None:
    if entry.state not in {State.PENDING, State.SPAM}:
        tell_moderators(entry.comment, page, request)


def _must_be_changeable(entry: Entry) -> None:
    if not may_change(entry):
        raise Refused(_("This comment can't be changed any more."), status=HTTPStatus.FORBIDDEN)


def _must_be_few(draft: Draft, discussion: Discussion) -> None:
    if draft.user is not None and draft.user.has_perm(MODERATE):
        return  # an owner answers many readers in a row
    try:
        admit(draft.address, discussion.key)
    except TooMany as error:
        raise Refused(error.text, status=HTTPStatus.TOO_MANY_REQUESTS) from error


def _must_be_few_changes(entry: Entry, conf: CommentsConf) -> None:
    if not within("comments:edits", str(entry.pk), limit=conf.edits_an_hour, seconds=HOUR):
        sentence = _("You have changed this comment too often. Please try again in an hour.")
        raise Refused(sentence, field="comment", status=HTTPStatus.TOO_MANY_REQUESTS)


def _must_confirm(draft: Draft, conf: CommentsConf, judgement: Judgement) -> bool:
    if draft.user is not None or not conf.confirm_guests or judgement.state is State.SPAM:
        return False
    if not may_ask(CONFIRM, draft.email, draft.address, conf.confirm_most):
        raise Refused(
            _("Too many comments wait for a confirmation. Please follow the link in the mail that you have got."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
    return True


def _parent(discussion: Discussion, pk: int | None, conf: CommentsConf) -> Entry | None:
    if not pk:
        return None
    parent = Entry.objects.published().filter(pk=pk, discussion=discussion).first()
    if parent is None:
        raise Refused(_("The comment that you answer is not there any more."), field="reply_to")
    if conf.max_depth == 0:
        raise Refused(_("Comments can't be answered here."), field="reply_to")
    return parent


def _store(
    discussion: Discussion,
    parent: Entry | None,
    draft: Draft,
    conf: CommentsConf,
    judgement: Judgement,
    state: State,
    names: Participants,
    once: str,
) -> Entry:
    """Write a comment down, in the caller's transaction: nothing is read before it has taken the lock."""
    fields = {**_fields(discussion, draft), **state.flags}
    if parent is None:
        prefix, comment = "", storage.add_root(fields)
    else:
        lock_thread(parent.root_id)
        _parent(discussion, parent.pk, conf)  # it may have gone while the lock was waited for
        prefix = parent.path[: tree_paths.DIGITS * conf.max_depth]
        comment = storage.add_reply(fields, root_id=parent.root_id, prefix=prefix)
    entry = Entry.objects.create(
        comment=comment,
        discussion=discussion,
        parent=parent,
        root_id=parent.root_id if parent else comment.pk,
        path=tree_paths.path_under(prefix, comment.pk),
        state=state,
        published_at=comment.submit_date if state is State.PUBLISHED else None,
        language=draft.language,
        html=to_html(draft.text, mentioned(names)),
        mentions=names.in_text(draft.text),
        author_mark=author_mark(draft.visitor),
        person=person_of(user_id=comment.user_id, email=draft.email),
        spam_score=judgement.score,
        reasons=judgement.reasons,
        once=once,
    )
    count(entry, None, state)
    note(draft.text, storage.key_of_comment(entry.pk))
    if state is State.PENDING:
        ask_to_confirm(entry, draft)
    elif state is State.HELD:
        tell_of_held(entry)
    return entry


def _fields(discussion: Discussion, draft: Draft) -> dict[str, Any]:
    return {
        "content_type_id": discussion.content_type_id,
        "object_pk": discussion.object_pk,
        "site_id": site_id(),
        "user": draft.user,
        "user_name": draft.name,
        "user_email": draft.email,
        "user_url": draft.url,
        "comment": draft.text,
        "submit_date": timezone.now(),
        "ip_address": draft.address or None,
    }


def draft_of(entry: Entry) -> Draft:
    """Return a comment as if it were written now."""
    comment = entry.comment
    return Draft(
        text=comment.comment,
        name=comment.user_name,
        email=comment.user_email,
        url=comment.user_url,
        user=comment.user,
        address=comment.ip_address or "",
        language=entry.language,
    )


def _once(discussion: Discussion, draft: Draft) -> str:
    who = author_mark(draft.visitor) or person_of(user_id=draft.user.pk if draft.user else None, email=draft.email)
    what = (discussion.pk, draft.reply_to or 0, who, draft.text)
    return blake2b(repr(what).encode("utf-8", "replace"), digest_size=32).hexdigest()


def _find(once: str) -> Entry | None:
    """Return what was sent just now, word for word. What is older or was removed stands in nobody's way any more."""
    twin = Entry.objects.select_related("comment", "discussion").filter(once=once).first()
    if twin is None or (twin.comment.submit_date > timezone.now() - TWICE and twin.state != State.REMOVED):
        return twin
    Entry.objects.filter(pk=twin.pk).update(once=None)
    return None
