"""Personal links."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from smo_kit.core.own_urls import address_if_any
from smo_kit.core.subjects import Key


def out_address(key: Key, network_id: str, extra: Mapping[str, str] | None = None) -> str:
    """Return the address by which a button leads to a network; "" when the site has left out our URLs."""
    path = address_if_any("smo_share:out", network_id)
    return f"{path}?{urlencode({'o': key.sign(), **(extra or {})})}" if path else ""
