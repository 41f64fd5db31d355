"""What the demo adds where it is served to the world: all by https, behind a proxy that ends it.

``SMO_DEMO_ADDRESS=https://…`` turns it on; ``SMO_DEMO_PROXIES`` says how many proxies stand in front, whose word on a
request's address and scheme is then believed.
"""

from __future__ import annotations

import os
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YEAR: Final = 365 * 24 * 3600
HERE: Final = {"127.0.0.1", "localhost", "::1"}
"""Names of this machine that no other can use."""
FRAMES_OF_OUR_OWN: Final = "security.W019"
"""Wants X_FRAME_OPTIONS to be DENY; an editor sees previews and the CMS in frames of this very site."""


def is_public(address: str) -> bool:
    """Say whether the demo is served by https, at an address of its own."""
    return urlsplit(address).scheme == "https"


def is_reached(address: str, hosts: list[str]) -> bool:
    """Say whether others than this machine reach the demo: by its address, or by a host that it answers for."""
    return not {urlsplit(address).hostname, *(host.strip("[]") for host in hosts)} <= HERE


def hardened(address: str, hosts: list[str]) -> dict[str, Any]:
    """Return Django's settings for a demo at this https address, which answers for it besides those ``hosts``."""
    host = urlsplit(address).hostname or ""
    found: dict[str, Any] = {
        "ALLOWED_HOSTS": [*hosts, *([host] if host and host not in hosts else [])],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": YEAR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
    }
    if proxies():
        found["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
    return found


def proxies() -> int:
    """Return how many proxies stand in front of the demo: ``SMO_DEMO_PROXIES``, 0 without it."""
    given = os.environ.get("SMO_DEMO_PROXIES") or "0"
    if not given.isascii() or not given.isdecimal() or int(given) > 9:
        raise ImproperlyConfigured(f"SMO_DEMO_PROXIES={given!r}: give the number of proxies, 0 to 9.")
    return int(given)
