"""Who did it, as tables keep it: an account, else a browser, each a mark that can't be turned back."""

from __future__ import annotations

from typing import Any

from smo_kit.core.marks import marks
from smo_kit.core.members import MEMBERS
from smo_kit.core.visitors import Visitor


def identities(visitor: Visitor, purpose: str) -> list[str]:
    """Return the mark that a visitor acts by, then all others by which he may have acted before: those by earlier
    keys, and of a member those of his browser, which was a guest's. ``purpose``: each app has its own for browsers.
    """
    return [*of_member(visitor.user_id), *of_browser(visitor.key, purpose)]


def of_member(user_id: Any) -> list[str]:
    """Return the marks of an account, the present key's first; none for nobody."""
    return [] if user_id is None else marks(MEMBERS, str(user_id))


def of_browser(key: str, purpose: str) -> list[str]:
    """Return the marks of a browser; none for none."""
    return marks(purpose, key) if key else []
