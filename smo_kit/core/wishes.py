"""What somebody wishes who has to sign in first.

It is kept in his session, so no other browser has it, and for an hour only: whoever sits there then may be another.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

from smo_kit.core.durations import HOUR

KEPT_SECONDS: Final = HOUR


def keep_wish(request: HttpRequest, app: str, wish: Mapping[str, Any]) -> None:
    """Keep a wish (JSON) of this browser; an earlier one of the same app goes."""
    request.session[_name(app)] = {**wish, "at": int(time.time())}


def wish_of(request: HttpRequest, app: str) -> dict[str, Any]:
    """Return what was wished within the last hour; {} for nothing."""
    session = getattr(request, "session", None)
    wish: dict[str, Any] = (session.get(_name(app)) if session is not None else None) or {}
    return wish if wish.get("at", 0) > time.time() - KEPT_SECONDS else {}


def take_wish(request: HttpRequest, app: str) -> dict[str, Any]:
    """Return what was wished within the last hour, and keep it no longer."""
    wish = wish_of(request, app)
    if getattr(request, "session", None) is not None:
        request.session.pop(_name(app), None)
    return wish


def _name(app: str) -> str:
    return f"smo_{app}_wish"
