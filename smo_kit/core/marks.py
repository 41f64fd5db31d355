"""Marks: each stands for an address, an account or a browser in our tables, and can't be turned back (HMAC)."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac


def mark(purpose: str, text: str) -> str:
    """Return the mark of a text by the present key: 64 hexadecimal digits. Each purpose has marks of its own."""
    return marks(purpose, text)[0]


def marks(purpose: str, text: str, *, key: str = "") -> list[str]:
    """Return the marks by all keys of the site, the present one's first: what is kept outlives a change of the key.

    ``key`` goes before ``SECRET_KEY`` and its fallbacks.
    """
    keys = [*([key] if key else []), settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(purpose, text, secret=one, algorithm="sha256").hexdigest() for one in keys]
