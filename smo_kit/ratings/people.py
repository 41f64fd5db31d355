"""Who rates: an account, else a browser; each kept as a mark that can't be turned back."""

from __future__ import annotations

from typing import Any, Final

from smo_kit.core.marks import marks
from smo_kit.core.members import MEMBERS
from smo_kit.core.visitors import Visitor

_BROWSER: Final = "smo_kit.ratings.browser"


def voters_of(visitor: Visitor) -> list[str]:
    """Return the mark that a visitor rates by, then all others by which he may have rated before: those by earlier
    keys, and of a member those of his browser, which was a guest's.
    """
    return [*marks_of_member(visitor.user_id), *marks_of_browser(visitor.key)]


def marks_of_member(user_id: Any) -> list[str]:
    """Return the marks of an account, the present key's first; none for nobody."""
    return [] if user_id is None else marks(MEMBERS, str(user_id))


def marks_of_browser(key: str) -> list[str]:
    """Return the marks of a browser; none for none."""
    return marks(_BROWSER, key) if key else []
