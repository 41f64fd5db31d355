"""Trust that somebody has earned on this site: what became of what he wrote, and what a moderator said of him.

A person is an HMAC of his account and one of his e-mail address; both may speak for him. An account that is signed in
is his; an address is only claimed, so trust given to an address counts little where nobody has proved that it is his.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import F
from django.utils import timezone

from smo_kit.core.emails import spellings
from smo_kit.core.marks import marks
from smo_kit.core.settings import site_id
from smo_kit.spam.models import Reputation
from smo_kit.spam.querysets import ReputationQuerySet
from smo_kit.spam.submissions import Submission

Outcome = Literal["published", "removed", "spam"]

GOOD_DAYS: Final = 5
"""Days from which something has stood that count for an account at the most: together as much as two texts that a
moderator has published."""

_SALT: Final = "smo_kit.spam.reputation"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an author."""

    published: int = 0
    removed: int = 0
    spam: int = 0
    trusted: bool = False
    banned: bool = False


def standing(submission: Submission) -> Standing:
    """Return what is known of who sent it, in one query; nothing for somebody without account and address."""
    return standings([submission])[0]


def standings(submissions: Sequence[Submission]) -> list[Standing]:
    """Return what is known of who sent each of them, in one query for all."""
    known = [_marks(submission) for submission in submissions]
    wanted = {mark for one in known for mark in one}
    rows = {row.who: row for row in Reputation.objects.of(wanted)} if wanted else {}
    return [
        _standing(submission, [rows[mark] for mark in own if mark in rows])
        for submission, own in zip(submissions, known, strict=True)
    ]


def remember(submission: Submission, outcome: Outcome | None, *, instead_of: Outcome | None = None) -> None:
    """Count what became of a text for its author; ``instead_of`` takes back what was counted for it before.

    ``outcome`` None only takes that back.
    """
    mark = _own_mark(submission)
    if not mark:
        return
    row = _row(mark, submission)
    if outcome:
        changes = {outcome: F(outcome) + 1, "seen": timezone.now()}
        Reputation.objects.filter(pk=row.pk).update(**changes)
    if instead_of:
        Reputation.objects.filter(pk=row.pk, **{f"{instead_of}__gt": 0}).update(**{instead_of: F(instead_of) - 1})


def trust(submission: Submission, *, yes: bool = True) -> None:
    """Trust its author from now on, or no more."""
    _set(submission, trusted=yes, **({"banned": False} if yes else {}))


def ban(submission: Submission, *, yes: bool = True) -> None:
    """Take nothing from its author from now on, or take it again."""
    _set(submission, banned=yes, **({"trusted": False} if yes else {}))


def forget_author(*, email: str = "", user_id: object = None) -> int:
    """Erase what is known of a person; return how many rows. A ban is erased too: it is data about him."""
    return about_author(email=email, user_id=user_id).delete()[0]


def about_author(*, email: str = "", user_id: object = None) -> ReputationQuerySet:
    """Return the rows about a person, whatever secret key their marks were made with."""
    return Reputation.objects.of(_marks(Submission(text="", email=email, user_id=user_id)))


def _standing(submission: Submission, rows: list[Reputation]) -> Standing:
    return Standing(
        published=sum(row.published for row in rows if _is_proven(row, submission)),
        removed=sum(row.removed for row in rows),
        spam=sum(row.spam for row in rows),
        trusted=any(row.trusted for row in rows if _is_proven(row, submission)),
        banned=any(row.banned for row in rows),
    )


def _set(submission: Submission, **flags: bool) -> None:
    for mark in _current_marks(submission):
        _row(mark, submission)
    Reputation.objects.of(_marks(submission)).update(**flags)


def _row(mark: str, submission: Submission) -> Reputation:
    row, _ = Reputation.objects.get_or_create(site_id=site_id(), who=mark, defaults={"label": _label(submission)})
    return row


def _is_proven(row: Reputation, submission: Submission) -> bool:
    """An address that anybody may type is no proof, unless it came with an account."""
    return submission.user_id is not None


def _own_mark(submission: Submission) -> str:
    return next(iter(_current_marks(submission)), "")


def _current_marks(submission: Submission) -> list[str]:
    return [his[0] for his in _marks_by_name(submission)]


def _marks(submission: Submission) -> list[str]:
    return [mark for his in _marks_by_name(submission) for mark in his]


def _marks_by_name(submission: Submission) -> list[list[str]]:
    """Return all marks that his account may have, and all of his address, the present one first.

    Older secret keys and earlier versions made others.
    """
    account = [] if submission.user_id is None else marks(_SALT, f"user:{submission.user_id}")
    address = [mark for text in spellings(submission.email) for mark in marks(_SALT, f"email:{text}")]
    return [his for his in (account, address) if his]


def _label(submission: Submission) -> str:
    name, at, host = submission.email.strip().partition("@")
    masked = f"{name[:1]}…@{host}" if at else ""
    return " ".join(filter(None, (submission.name.strip(), masked)))[:100]
