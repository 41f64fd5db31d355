"""Who did it, without personal data: a random key in a first-party cookie, given in answer to the visitor's own act."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

COOKIE: Final = "smo_visitor"
COOKIE_SECONDS: Final = 365 * 24 * 3600
_SALT: Final = "smo_kit.visitor"
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_MASKED: Final = re.compile(r"[A-Za-z0-9]{64}")
"""A token of django.middleware.csrf as it stands in a form."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser (``key``: 128 random bits in hex) and, if it is signed in, its user."""

    key: str = field(repr=False)
    user_id: Any = None


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Return who asks, or None for a browser that has never done anything here as this user (or as nobody).

    A key from before signing in joins the account; one that has acted for an account ends when it signs out.
    """
    user_id = _user_id(request)
    key, account = named_in_cookie(request)
    is_his = key and account in {"", account_mark(user_id)}
    return Visitor(key, user_id) if is_his else None


def named_in_cookie(request: HttpRequest) -> tuple[str, str]:
    """Return the key of the browser that asks, and what stands for the account it last acted for; "" for none.

    Neither the session nor the database is asked, so this is no proof that somebody is signed in.
    """
    try:
        key, _, account = Signer(salt=_SALT).unsign(request.COOKIES.get(COOKIE, "")).partition(".")
    except BadSignature:
        return "", ""
    return (key, account) if _KEY.fullmatch(key) else ("", "")


def visitor_for_act(request: HttpRequest, response: HttpResponseBase, *, by_link: bool = False) -> Visitor:
    """Return who acts, giving a newcomer his key with the answer. Raises ValueError for a mere look (GET, HEAD).

    ``by_link``: this GET is an act, the press of a button that is a link and leads away. Its view has seen to it that
    no robot, prefetch or other site has followed it.
    """
    if request.method == "HEAD" or (request.method == "GET" and not by_link):
        raise ValueError("A visitor gets his cookie only in answer to his own act, never by looking at a page.")
    visitor = visitor_of(request) or Visitor(_new_key(request), _user_id(request))
    response.set_cookie(
        COOKIE,
        Signer(salt=_SALT).sign(f"{visitor.key}.{account_mark(visitor.user_id)}"),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return visitor


def _new_key(request: HttpRequest) -> str:
    """Return a newcomer's key. One and the same form gives the same, so that a double click comes from one visitor.

    Django's token is another in every form that is shown, and nobody else knows it.
    """
    token = request.POST.get("csrfmiddlewaretoken", "")
    if not _MASKED.fullmatch(token):
        return secrets.token_hex(16)
    return salted_hmac(f"{_SALT}.new", token, algorithm="sha256").hexdigest()[:32]


def account_mark(user_id: Any) -> str:
    """Return what stands for a user in the cookie, "" for nobody."""
    return "" if user_id is None else salted_hmac(_SALT, str(user_id), algorithm="sha256").hexdigest()[:16]


def _user_id(request: HttpRequest) -> Any:
    user: AbstractBaseUser | None = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None
