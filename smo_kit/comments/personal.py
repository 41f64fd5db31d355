"""What comments keep of a person: what he wrote, voted, reported and, as a moderator, decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django_comments.models import CommentFlag

from smo_kit.comments.models import Action, Entry, Report, Vote
from smo_kit.comments.moves import lock_thread, move, touch
from smo_kit.comments.notices import mails_of
from smo_kit.comments.people import member_mark
from smo_kit.comments.states import EDITED, State
from smo_kit.comments.storage import XtdComment, key_of_comment
from smo_kit.core.chunks import in_chunks
from smo_kit.core.deletions import register_forgetter
from smo_kit.core.identities import take_out
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.mail.models import Mail
from smo_kit.spam.repeats import forget

COMMENT: Final = {
    "id": "pk",
    "model": "content_type__model",
    "object": "object_pk",
    "date": "submit_date",
    "name": "user_name",
    "email": "user_email",
    "url": "user_url",
    "text": "comment",
    "ip": "ip_address",
    "state": "smo__state",
}
"""What an export says of a comment, and where it stands."""


def export(person: Person) -> dict[str, list[Any]]:
    """Return comments, votes, reports and decisions."""
    comments = _comments(person).order_by("pk")
    marks = _marks(person)
    return {
        "comments": [dict(zip(COMMENT, row, strict=True)) for row in comments.values_list(*COMMENT.values())],
        "votes": list(Vote.objects.filter(voter__in=marks).order_by("pk").values("entry", "value", "at")),
        "reports": list(Report.objects.filter(reporter__in=marks).order_by("pk").values("entry", "reason", "at")),
        "earlier_texts": list(_earlier(comments.values("pk")).order_by("pk").values("entry", "note", "at")),
        "flags": list(_flags(person).order_by("pk").values("comment", "flag", "flag_date")),
        "decisions": list(_decided(person)),
    }


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Take the person out of comments, votes, reports and decisions; what they say stays counted.

    A comment keeps its place, for the replies below it. Its text goes too, unless texts are kept (of those that
    readers never saw it always goes).
    """
    marks = _marks(person)
    pks = list(_comments(person).order_by("pk").values_list("pk", flat=True))
    Report.objects.filter(reporter__in=marks).update(reason="")
    counts = {"comments": len(pks), **_take_out(marks)}
    counts["flags"] = _flags(person).count()
    _flags(person).delete()
    counts |= {"decisions": _decisions(person).update(user=None), "mails": 0}
    for some in in_chunks(pks):
        for entry in Entry.objects.filter(pk__in=some).select_related("comment").order_by("root_id", "pk"):
            _erase_comment(entry, how)
        counts["mails"] += _mails_about(some)
        strangers = XtdComment.norel_objects.filter(pk__in=some, smo=None)
        strangers.update(
            **_nameless(settings.LANGUAGE_CODE), **({} if how.keep_texts else {"comment": "", "is_removed": True})
        )
    return counts


def forget_voter(user_ids: Collection[Any]) -> None:
    """Take accounts out of their votes and reports, which stay counted."""
    _take_out({*map(member_mark, user_ids)})


def _take_out(marks: set[str]) -> dict[str, int]:
    return {
        "votes": take_out(Vote.objects.filter(voter__in=marks), "voter"),
        "reports": take_out(Report.objects.filter(reporter__in=marks), "reporter"),
    }


def _erase_comment(entry: Entry, how: Erasure) -> None:
    was_read = entry.published_at is not None
    goes = not (how.keep_texts and was_read)
    if goes and entry.state != State.SPAM:
        move(entry, State.REMOVED, verb="erased")
    lock_thread(entry.root_id)
    XtdComment.norel_objects.filter(pk=entry.pk).update(
        **_nameless(entry.language or settings.LANGUAGE_CODE), **({"comment": ""} if goes else {})
    )
    emptied: dict[str, Any] = {"html": "", "mentions": [], "reasons": []} if goes else {"reasons": []}
    Entry.objects.filter(pk=entry.pk).update(author_mark="", person="", once=None, **emptied)
    _earlier([entry.pk]).update(note="")
    forget(key_of_comment(entry.pk))
    touch(entry.discussion_id)


def _nameless(language: str) -> dict[str, Any]:
    with override(language):  # of the page, whoever erases
        name = gettext("Deleted")
    return {
        "user": None,
        "user_name": name,
        "user_email": "",
        "user_url": "",
        "ip_address": None,
        "followup": False,
    }


def _comments(person: Person) -> Any:
    his = Q(user__in=person.user_ids)
    for address in person.addresses:
        under_it = Q(user_email__iexact=address)
        his |= under_it & Q(user=None) if person.is_himself else under_it
    return XtdComment.norel_objects.filter(his)


def _flags(person: Person) -> Any:
    return CommentFlag.objects.filter(user__in=person.user_ids)


def _decisions(person: Person) -> Any:
    return Action.objects.filter(user__in=person.user_ids)


def _decided(person: Person) -> Iterator[dict[str, Any]]:
    for row in _decisions(person).values("entry", "verb", "before", "after", "note", "at"):
        yield {**row, "note": ""} if row["verb"] == EDITED else row  # there it is what somebody else had written


def _earlier(comments: Any) -> Any:
    """Return what in the log has earlier texts of comments."""
    return Action.objects.filter(entry__in=comments, verb=EDITED).exclude(note="")


def _marks(person: Person) -> set[str]:
    """Return who he is as a voter: his accounts, and the browsers that he wrote from."""
    browsers = Entry.objects.filter(comment__in=_comments(person).values("pk")).exclude(author_mark="")
    return {*map(member_mark, person.user_ids), *browsers.values_list("author_mark", flat=True)}


def _mails_about(pks: list[int]) -> int:
    """Delete mails in which these comments stand, to moderators and guests."""
    return sum(Mail.objects.filter(key__startswith=mails_of(pk)).delete()[0] for pk in pks)


register_holder(Holder(id="comments", label=_("Comments"), export=export, erase=erase))
register_forgetter(Vote, forget_voter)
