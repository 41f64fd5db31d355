"""Who did it, as tables keep it: an account, else a browser, each a mark that can't be turned back."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any, Final

from django.db.models import Q, QuerySet

from smo_kit.core.marks import marks
from smo_kit.core.members import MEMBERS
from smo_kit.core.visitors import Visitor

ERASED: Final = "erased:"
"""Before the random letters that stand for somebody who was erased; marks have no colon."""


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


def of_members(field: str, user_ids: Collection[Any]) -> Q:
    """Return what finds the rows in which ``field`` is a mark of one of these accounts."""
    return Q(**{f"{field}__in": [mark for one in user_ids for mark in of_member(one)]})


def nobody() -> str:
    """Return what stands in one row for who did it when he is erased; no two are alike."""
    return f"{ERASED}{secrets.token_hex(16)}"


def take_out(rows: QuerySet[Any], field: str, **also: Any) -> int:
    """Put nobody into ``field`` of rows, and the other values beside it; return how many rows.

    Each gets letters of its own, so that no two of them seem to be of one person.
    """
    pks = list(rows.values_list("pk", flat=True))
    for pk in pks:
        rows.model._base_manager.using(rows.db).filter(pk=pk).update(**{field: nobody(), **also})
    return len(pks)
