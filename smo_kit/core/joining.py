"""What signing in does: what a browser did as a guest's becomes the account's, and what he came in for is done.

Each app says in its own ``joining.py`` what that means to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from smo_kit.core.events import event, event_logger
from smo_kit.core.visitors import visitor_of

logger = event_logger(__name__)

Joiner = Callable[[HttpRequest, Any, str], object]
"""Gets the request, the user and the key of the browser ("": none)."""

_joiners: Final[dict[str, Joiner]] = {}


def register_joiner(app: str, join: Joiner) -> None:
    """Have ``join`` called whenever somebody has signed in."""
    _joiners[app] = join


def on_logged_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: object) -> None:
    """Ask every app. What fails keeps nobody from coming in: it is logged, and tried again next time."""
    if request is None:
        return
    visitor = visitor_of(request)
    for app, join in _joiners.items():
        try:
            join(request, user, visitor.key if visitor else "")
        except Exception:
            logger.exception(
                "%s: what a reader has done as a guest can't be made his account's now.",
                app,
                extra=event("core.not_joined"),
            )


user_logged_in.connect(on_logged_in, dispatch_uid="smo_kit.core.joining")
