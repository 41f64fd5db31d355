"""Where a reader goes on to, known although his sign-in breaks off: django-allauth forgets it in that case."""

from __future__ import annotations

from typing import Any, Final

from allauth.socialaccount.internal import statekit
from django.http import HttpRequest

from smo_kit.login.starting import safe_next

_SESSION: Final = "smo_login_then"
_REQUEST: Final = "_smo_login_then"
_WAITING: Final = "account_login"
"""Where django-allauth keeps a sign-in that waits for a form."""


def look(request: HttpRequest) -> None:
    """Note where the answer of a provider, or the start of a sign-in, is to end: before a view spends the state.

    An answer with a forged or spent state ends where this browser was going when it last began.
    """
    words = {**request.GET.dict(), **request.POST.dict()}
    state = statekit.get_states(request).get(words.get("state", ""))
    then = state[0].get("next") if state else words.get("next")
    setattr(request, _REQUEST, safe_next(request, then or request.session.get(_SESSION)))


def look_at_form(request: HttpRequest) -> None:
    """Note where a form on the way leads on to: before its view gives up what it waits for."""
    setattr(request, _REQUEST, kept(request))


def then_of(request: HttpRequest, state: Any = None) -> str:
    """Return where the reader goes on to: by the state if it is known, else by what was noted; "/" if nothing is."""
    known = state.get("next") if isinstance(state, dict) else None
    return safe_next(request, known or getattr(request, _REQUEST, "/"))


def keep(request: HttpRequest, then: object) -> None:
    """Keep it for the forms that follow: the one that asks for an address, and the one for a code."""
    request.session[_SESSION] = safe_next(request, then)


def kept(request: HttpRequest) -> str:
    """Return where a sign-in that waits for a form leads on to, as it says itself, else what was kept; else "/"."""
    said = request.POST.get("next") or request.GET.get("next")
    waiting = request.session.get(_WAITING)
    known = waiting.get("redirect_url") if isinstance(waiting, dict) else None
    return safe_next(request, said or known or request.session.get(_SESSION))
