"""A cookie that says no more than that somebody is signed in here, so that a page asks who it is only then.

Pages are the same for everybody, and a script can't read the cookie of a session.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "smo_in"
_REQUEST: Final = "_smo_login_is_in"


def note(request: HttpRequest, *, is_in: bool) -> None:
    """Note who a request has shown to be signed in, or out: the answer gets the cookie, or takes it away."""
    setattr(request, _REQUEST, is_in)


def mark_answer(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie, for as long as the session, or take it away; do nothing where nothing was noted."""
    is_in = getattr(request, _REQUEST, None)
    if is_in:
        age = None if request.session.get_expire_at_browser_close() else request.session.get_expiry_age()
        response.set_cookie(
            COOKIE,
            "1",
            max_age=age,
            path=settings.SESSION_COOKIE_PATH,
            domain=settings.SESSION_COOKIE_DOMAIN,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    elif is_in is not None and COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=settings.SESSION_COOKIE_PATH, domain=settings.SESSION_COOKIE_DOMAIN)


def _on_in(sender: Any, request: HttpRequest | None = None, **kwargs: object) -> None:
    if request is not None:
        note(request, is_in=True)


def _on_out(sender: Any, request: HttpRequest | None = None, **kwargs: object) -> None:
    if request is not None:
        note(request, is_in=False)


user_logged_in.connect(_on_in, dispatch_uid="smo_kit.login.signed_in_cookie.in")
user_logged_out.connect(_on_out, dispatch_uid="smo_kit.login.signed_in_cookie.out")
