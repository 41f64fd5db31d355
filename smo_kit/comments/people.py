"""Who wrote a comment: an account, or an address, or only a browser; each kept as a mark that can't be turned back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from smo_kit.core.emails import spellings
from smo_kit.core.identities import identities
from smo_kit.core.marks import mark, marks
from smo_kit.core.members import MEMBERS
from smo_kit.core.visitors import Visitor


def person_of(*, user_id: Any = None, email: str = "") -> str:
    """Return the mark of an account, else of an address (however its letters are cased), else ""."""
    return next(iter(marks_of(user_id=user_id, email=email)), "")


def marks_of(*, user_id: Any = None, email: str = "") -> list[str]:
    """Return ``person_of``, then what it would have been by earlier keys, and in earlier versions."""
    if user_id is not None:
        return marks(MEMBERS, str(user_id))
    return [one for text in spellings(email) for one in marks(_purpose("address"), text)]


def shown_name(name: str) -> str:
    """Return under which name somebody stands, in the active language: other packages let a comment have none."""
    return name if name.strip() else gettext("Guest")


def voters_of(visitor: Visitor) -> list[str]:
    """Return who votes: the account if there is one, else the browser; then all others by which he may have voted."""
    return identities(visitor, _purpose("browser"))


def newcomer_mark(daily_mark: str) -> str:
    """Return the mark of all browsers that come from one client address today and have never done anything here."""
    return mark(_purpose("newcomer"), daily_mark)


def member_mark(user_id: Any) -> str:
    """Return the mark of an account."""
    return mark(MEMBERS, str(user_id))


def author_mark(visitor: Visitor | None) -> str:
    """Return the mark of a browser; "" for none."""
    return mark(_purpose("browser"), visitor.key) if visitor else ""


def _purpose(kind: str) -> str:
    return f"smo_kit.comments.{kind}"
