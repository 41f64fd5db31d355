"""The cryptography of web push: a message that the browser alone can read, and who sends it (RFC 8291, RFC 8292)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from smo_kit.notify.base64url import from_base64url, to_base64url
from smo_kit.notify.conf import notify_settings

try:
    import http_ece
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from py_vapid import Vapid02
except ImportError:  # without smo-kit[push]
    http_ece = None

IS_INSTALLED: Final = http_ece is not None
SIGNED_SECONDS: Final = 12 * 3600
"""For how long a signature counts; services take at most a day."""


class BadKeys(ValueError):
    """No message can be written for a browser that gave these keys."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A site's keys, as settings.py has them."""

    public: str
    private: str


def is_ready() -> bool:
    """Say whether pushes can be sent: the packages and both keys are there."""
    conf = notify_settings()
    return IS_INSTALLED and bool(conf.push_public_key and conf.push_private_key)


def new_pair() -> Pair:
    """Return new keys. Devices that were registered with older ones hear nothing any more."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Pair(_public_of(key), to_base64url(key.private_numbers().private_value.to_bytes(32, "big")))


def is_pair(public: str, private: str) -> bool:
    """Say whether two keys belong together."""
    try:
        return _public_of(Vapid02.from_raw(private.encode()).private_key) == public.rstrip("=")
    except ValueError:
        return False


def encrypted(message: bytes, *, p256dh: str, auth: str) -> bytes:
    """Return a message as only the browser with these keys can read it. Raises BadKeys."""
    try:
        own = ec.generate_private_key(ec.SECP256R1())
        keys = {"dh": from_base64url(p256dh), "auth_secret": from_base64url(auth)}
        written: bytes = http_ece.encrypt(message, private_key=own, version="aes128gcm", **keys)
    except (ValueError, http_ece.ECEException) as error:
        raise BadKeys(str(error)) from error
    return written


def signature(endpoint: str, contact: str) -> str:
    """Return the header Authorization for a push service: who sends, and where he can be reached."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": contact, "exp": int(time.time()) + SIGNED_SECONDS}
    signed: dict[str, str] = Vapid02.from_raw(notify_settings().push_private_key.encode()).sign(claims)
    return signed["Authorization"]


def _public_of(key: Any) -> str:
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return to_base64url(point)
