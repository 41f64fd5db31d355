"""Base64url without padding, in which browsers and push services write keys (RFC 7515)."""

from __future__ import annotations

import base64


def to_base64url(raw: bytes) -> str:
    """Return bytes as text."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes of a text, padded or not. Raises ValueError for what is none."""
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
