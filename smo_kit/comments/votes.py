"""What readers think of a comment: likes, dislikes and reports, one of each from everyone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django_comments.models import CommentFlag
from django_comments_xtd.models import DISLIKEDIT_FLAG, LIKEDIT_FLAG

from smo_kit.comments.conf import comments_settings
from smo_kit.comments.history import kept_at
from smo_kit.comments.models import Entry, Report, Vote
from smo_kit.comments.moves import lock_thread, move, touch
from smo_kit.comments.notices import tell_of_held
from smo_kit.comments.people import voters_of
from smo_kit.comments.scores import score_of
from smo_kit.comments.states import State
from smo_kit.core.refusals import Refused
from smo_kit.core.text import clean
from smo_kit.core.visitors import Visitor

FLAGS: Final = {1: LIKEDIT_FLAG, -1: DISLIKEDIT_FLAG}


def vote(entry: Entry, value: int, visitor: Visitor) -> Entry:
    """Take a reader's like (1), dislike (-1) or nothing of both (0); his last word counts. Return the entry, counted.

    Raises Refused for a comment that is not published, for his own, and for what the site does not ask.
    """
    conf = comments_settings()
    allowed = {0, 1} if not conf.dislikes else {-1, 0, 1}
    if not conf.likes or value not in allowed:
        raise Refused(_("That can't be said of a comment here."))
    _must_be_anothers(entry, visitor)
    cast(entry, voters_of(visitor), value)
    if visitor.user_id is not None:
        _mirror(entry, visitor.user_id, value)
    return entry


def given_by(visitor: Visitor, **where: Any) -> dict[int, int]:
    """Return the votes of a reader by comment, whether he gave them as a guest or as a member; ``where`` narrows votes.

    They are found by who he is: however many comments a discussion has, he has given few of its votes.
    """
    voters = voters_of(visitor)
    rows = Vote.objects.filter(voter__in=voters, **where).values_list("entry_id", "voter", "value")
    return {pk: value for pk, _voter, value in sorted(rows, key=lambda row: -voters.index(row[1]))}


def cast(entry: Entry, voters: list[str], value: int) -> None:
    """Write a vote down and count the comment's votes anew.

    ``voters`` are the marks of one reader: what he has said by any of them gives way, and the first one stands there.
    """
    with transaction.atomic():
        lock_thread(entry.pk)  # the comment's own row: two votes on it wait for each other
        rows = list(Vote.objects.filter(entry=entry, voter__in=voters).order_by("pk"))
        row = rows.pop(0) if rows and value else Vote(entry=entry)
        if rows:
            Vote.objects.filter(pk__in=[one.pk for one in rows]).delete()
        if value:
            row.voter, row.value = voters[0], value
            row.save()
        said = dict(Vote.objects.filter(entry=entry).values_list("value").annotate(n=Count("pk")))
        entry.likes, entry.dislikes = said.get(1, 0), said.get(-1, 0)
        entry.score = score_of(entry.likes, entry.dislikes)
        entry.save(update_fields=["likes", "dislikes", "score"])
        touch(entry.discussion_id)


def take_back(entry: Entry, voters: list[str], value: int) -> None:
    """Take a vote back, unless its voter says something else meanwhile."""
    if Vote.objects.filter(entry=entry, voter__in=voters, value=value).exists():
        cast(entry, voters, 0)


def report(entry: Entry, visitor: Visitor, reason: str = "", *, newcomer: str = "") -> bool:
    """Take a reader's word that a comment should not be there; return whether it waits for a moderator now.

    ``newcomer`` stands for a reader who has never done anything here: else who drops his cookie would be many.
    """
    _must_be_anothers(entry, visitor)
    return take_report(entry, [newcomer] if newcomer else voters_of(visitor), reason)


def take_report(entry: Entry, reporters: list[str], reason: str = "") -> bool:
    """Write a report down, hold the comment if there are enough, and return whether it is held for that now.

    ``reporters`` are the marks of one reader, the present one's first: he reports a comment once.
    """
    with transaction.atomic():
        lock_thread(entry.root_id)
        if not Report.objects.filter(entry=entry, reporter__in=reporters).exists():
            Report.objects.create(entry=entry, reporter=reporters[0], reason=clean(reason)[:500])
        count_reports(entry)
        most = comments_settings().reports_to_hold
        is_held = bool(most) and entry.reports >= most and move(entry, State.HELD, verb="reported")
        if is_held:
            tell_of_held(entry)
        return is_held


def count_reports(entry: Entry) -> None:
    """Count the reports that came after a moderator last said that the comment may stay."""
    reports = Report.objects.filter(entry=entry)
    if (said := kept_at(entry)) is not None:
        reports = reports.filter(at__gt=said)
    entry.reports = reports.count()
    entry.save(update_fields=["reports"])


def _must_be_anothers(entry: Entry, visitor: Visitor) -> None:
    if not entry.is_published:
        raise Refused(_("This comment is not there any more."), status=HTTPStatus.NOT_FOUND)
    own = {entry.author_mark, entry.person} - {""}
    if not own.isdisjoint(voters_of(visitor)):
        raise Refused(_("This is your own comment."), status=HTTPStatus.FORBIDDEN)


def _mirror(entry: Entry, user_id: Any, value: int) -> None:
    flags = CommentFlag.objects.filter(comment_id=entry.pk, user_id=user_id, flag__in=FLAGS.values())
    flags.exclude(flag=FLAGS.get(value, "")).delete()
    if value and not flags.exists():
        flag = CommentFlag(comment_id=entry.pk, user_id=user_id, flag=FLAGS[value])
        flag.smo_is_ours = True  # receivers have nothing to learn from it
        flag.save()
