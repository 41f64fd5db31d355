"""Where a reader goes on to, known although his sign-in breaks off: django-allauth forgets it in that case."""

from __future__ import annotations

from typing import Any, Final

from allauth.socialaccount.internal import statekit
from django.http import HttpRequest

from smo_kit.login.starting import safe_next

_SESSION: Final = "smo_login_then"
_REQUEST: Final = "_smo_login_then"


def look(request: HttpRequest) -> None:
    """Note where the answer of a provider, or the start of a sign-in, is to end: before a view spends the state."""
    words = {**request.GET.dict(), **request.POST.dict()}
    state = statekit.get_states(request).get(words.get("state", ""))
    then = state[0].get("next") if state else words.get("next")
    setattr(request, _REQUEST, safe_next(request, then))


def then_of(request: HttpRequest, state: Any = None) -> str:
    """Return where the reader goes on to: by the state if it is known, else by what was noted; "/" if nothing is."""
    known = state.get("next") if isinstance(state, dict) else None
    return safe_next(request, known or getattr(request, _REQUEST, "/"))


def keep(request: HttpRequest, then: object) -> None:
    """Keep it for the forms that follow: the one that asks for an address, and the one for a code."""
    request.session[_SESSION] = safe_next(request, then)


def kept(request: HttpRequest) -> str:
    """Return what was kept; "/" for nothing."""
    return safe_next(request, request.session.get(_SESSION, "/"))
