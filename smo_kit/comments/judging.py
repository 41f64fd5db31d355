"""What the site's rules say of a comment: the spam app, moderators of django-comments, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import override
from django_comments.signals import comment_was_posted, comment_will_be_posted
from django_comments_xtd.models import TmpXtdComment
from django_comments_xtd.signals import confirmation_received

from smo_kit.comments.conf import CommentsConf
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.people import marks_of
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.track_record import good_days
from smo_kit.core.cards import Card
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.sayings import gettext as _
from smo_kit.core.sayings import packed
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.spam.services import Submission, judge

ACTIONS: Final = {"publish": State.PUBLISHED, "hold": State.HELD, "spam": State.SPAM}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a comment goes, and why."""

    state: State
    score: float
    reasons: list[Any]
    """As they are kept: ``Entry.why`` says them in the reader's language."""


def judgement_on(submission: Submission, conf: CommentsConf, *, waits: bool = False) -> Judgement:
    """Return where a comment goes that is written or changed now. ``waits``: a moderator class wants to see it."""
    with override("en"):  # what a site's own rule says is perhaps no saying, and not for whoever writes
        verdict = judge(submission)
    state, reasons = ACTIONS[verdict.action], [reason.text for reason in verdict.reasons]
    if state is State.PUBLISHED and (why := _why_held(submission, conf, waits=waits)):
        state, reasons = State.HELD, [why, *reasons]
    return Judgement(state, verdict.score, packed(reasons))


def reasons_while_held(judgement: Judgement) -> list[Any]:
    """Return the reasons of what waits already and is judged now: there is always one."""
    if judgement.state is not State.PUBLISHED:
        return judgement.reasons
    return [*packed([_("It was held already when its author changed it.")]), *judgement.reasons]


def submission_of(draft: Draft, subject: Key, card: Card | None, *, own: Key | None = None) -> Submission:
    """Return what the spam rules look at."""
    user_id = draft.user.pk if draft.user is not None else None
    return Submission(
        text=draft.text,
        name=draft.name,
        email=draft.email,
        url=draft.url,
        address=draft.address,
        user_agent=draft.user_agent,
        language=draft.language,
        subject=subject,
        topic="\n".join(filter(None, (card.title, card.summary, card.text))) if card else "",
        user_id=user_id,
        good_days=good_days(user_id, without=own.object_pk if own else None),
        opened=draft.opened,
        is_edit=own is not None,
        own=own,
    )


def ask_moderators(comment: XtdComment, page: Model | None, request: HttpRequest | None) -> bool:
    """Ask moderator classes, registered with either package; return whether they want to see it first.

    Raises Refused if one does not allow the comment. They are told of it as stock sites tell them: with
    django-comments-xtd's stand-in, and with django-comments' own comment. ``page`` is what it stands under.
    """
    _give_what_is_known(comment, page)
    was_public, comment.is_public = comment.is_public, True
    words = {field.name: getattr(comment, field.name) for field in _fields_of_guests()}
    stand_in = TmpXtdComment({**words, "content_object": comment.content_object})
    waits = False
    for sender, one in ((TmpXtdComment, stand_in), (XtdComment, comment)):
        answers = comment_will_be_posted.send(sender=sender, comment=one, request=request)
        if any(answer is False for _receiver, answer in answers):
            raise Refused(_("This comment can't be taken here."), status=HTTPStatus.FORBIDDEN, reason=Reason.SPAM)
        waits |= one.is_public is False
    comment.is_public = was_public
    return waits


def waits_for_moderators(comment: XtdComment, page: Model | None) -> bool:
    """Ask moderator classes again, of a comment that is stored; what they don't allow any more waits for a person."""
    try:
        return ask_moderators(comment, page, None)
    except Refused:
        return True


def tell_moderators(comment: XtdComment, page: Model | None, request: HttpRequest | None) -> None:
    """Tell moderator classes of a comment that is stored: they may send mail about it."""
    _give_what_is_known(comment, page)
    comment_was_posted.send_robust(sender=XtdComment, comment=comment, request=request)
    confirmation_received.send_robust(sender=TmpXtdComment, comment=comment, request=request)


def _give_what_is_known(comment: XtdComment, page: Model | None) -> None:
    """Let a comment have what it belongs to without a query."""
    XtdComment._meta.get_field("content_object").set_cached_value(comment, page)
    comment.content_type = ContentType.objects.get_for_id(comment.content_type_id)
    if comment.site_id == site_id():
        comment.site = Site.objects.get_current()


def _why_held(submission: Submission, conf: CommentsConf, *, waits: bool) -> str:
    is_guest = submission.user_id is None
    if waits:
        return _("A moderator wants to see comments of this page first.")
    if conf.hold == "all" or (conf.hold == "guests" and is_guest):
        return _("The settings hold comments back.")
    if conf.hold == "first" and not _has_published(submission):
        return _("It is this person's first comment.")
    return ""


def _has_published(submission: Submission) -> bool:
    people = marks_of(user_id=submission.user_id, email=submission.email)
    return Entry.objects.published().filter(person__in=people).exists()


def _fields_of_guests() -> list[Any]:
    own = {"thread_id", "parent_id", "level", "order", "nested_count", "comment_ptr", "id"}
    return [field for field in XtdComment._meta.concrete_fields if field.name not in own]
