"""Signed words for links in mails: nobody can make or change them, each serves one purpose, and they may run out.

What was signed with a key of ``SECRET_KEY_FALLBACKS`` is believed too. Anybody can read the parts: no secrets in them.
"""

from __future__ import annotations

from typing import Final

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.functional import Promise
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

_AFTER: Final = "\0"


class BadToken(ValueError):
    """A token that can't be used; its text is a sentence for a person."""


class Expired(BadToken):
    """It was made here, but too long ago."""

    def __str__(self) -> str:
        return _("This link has run out. Ask for a new one.")


class Forged(BadToken):
    """It is not whole, was made for something else, or was not made here."""

    def __str__(self) -> str:
        return _("This link is not whole, or was not made here. Copy all of it from the mail, to the last letter.")


def sign(purpose: str, *parts: str) -> str:
    """Return a token of letters, digits, ``-``, ``_`` and ``.`` that carries the parts and the time.

    Raises ValueError for a part with a NUL, TypeError for one that is no text.
    """
    for part in parts:
        if not isinstance(part, str) or isinstance(part, Promise):
            raise TypeError(f"{part!r} is no text: give str(…) of it.")
        if _AFTER in part:
            raise ValueError(f"{part!r} holds a NUL, which stands after each part.")
    payload = "".join(f"{part}{_AFTER}" for part in parts)
    return _signer(purpose).sign(urlsafe_base64_encode(payload.encode()))


def read(purpose: str, token: str, max_age: int | None = None) -> tuple[str, ...]:
    """Return the parts of a token of this purpose, not older than ``max_age`` seconds (None: however old).

    Raises Expired and Forged.
    """
    try:
        signed = _signer(purpose).unsign(token, max_age=max_age)
        *parts, _rest = urlsafe_base64_decode(signed).decode().split(_AFTER)
    except SignatureExpired:
        raise Expired from None
    except (BadSignature, ValueError):
        raise Forged from None
    return tuple(parts)


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"smo_kit.tokens.{purpose}")
