"""Who did it, without personal data: a random key in a first-party cookie, given in answer to the visitor's own act."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.signals import user_logged_out
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

COOKIE: Final = "smo_visitor"
COOKIE_SECONDS: Final = 365 * 24 * 3600
_SALT: Final = "smo_kit.visitor"
_KEY: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser (``key``: 128 random bits in hex) and, if it is signed in, its user."""

    key: str
    user_id: Any = None


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Return who asks, or None for a browser that has never done anything here."""
    key = _key_in(request)
    return Visitor(key, _user_id(request)) if key else None


def visitor_for_act(request: HttpRequest, response: HttpResponseBase) -> Visitor:
    """Return who acts, giving a newcomer his key with the answer. Raises ValueError for a mere look (GET, HEAD)."""
    if request.method in {"GET", "HEAD"}:
        raise ValueError("A visitor gets his cookie only in answer to his own act, never by looking at a page.")
    key = _key_in(request) or secrets.token_hex(16)
    response.set_cookie(
        COOKIE,
        Signer(salt=_SALT).sign(key),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return Visitor(key, _user_id(request))


def _key_in(request: HttpRequest) -> str:
    if getattr(request, "smo_visitor_left", False):
        return ""
    try:
        key = Signer(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""
    return key if _KEY.fullmatch(key) else ""


def _user_id(request: HttpRequest) -> Any:
    user: AbstractBaseUser | None = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None


def _start_anew(*, request: HttpRequest | None, **kwargs: object) -> None:
    if request is not None:
        request.smo_visitor_left = True  # type: ignore[attr-defined]


user_logged_out.connect(_start_anew, dispatch_uid="smo_kit.core.visitors")
