"""Who wrote a comment: an account, or an address, or only a browser; each kept as a mark that can't be turned back."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac

from smo_kit.core.visitors import Visitor


def person_of(*, user_id: Any = None, email: str = "") -> str:
    """Return the mark of an account, else of an address (however its letters are cased), else ""."""
    if user_id is not None:
        return member_mark(user_id)
    return _mark("address", email.strip().casefold()) if email.strip() else ""


def voter_of(visitor: Visitor) -> str:
    """Return who votes: the account if there is one, else the browser."""
    return member_mark(visitor.user_id) if visitor.user_id is not None else author_mark(visitor)


def newcomer_mark(daily_mark: str) -> str:
    """Return the mark of all browsers that come from one client address today and have never done anything here."""
    return _mark("newcomer", daily_mark)


def member_mark(user_id: Any) -> str:
    """Return the mark of an account."""
    return _mark("user", str(user_id))


def author_mark(visitor: Visitor | None) -> str:
    """Return the mark of a browser; "" for none."""
    return _mark("browser", visitor.key) if visitor else ""


def _mark(kind: str, what: str) -> str:
    return salted_hmac(f"smo_kit.comments.{kind}", what, algorithm="sha256").hexdigest()
