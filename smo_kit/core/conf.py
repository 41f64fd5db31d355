"""Settings of the whole suite."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable, fixed

TOKEN_LENGTH: Final = 16


def _is_address(value: str) -> str:
    right = not value or (value.startswith(("https://", "http://")) and not value.endswith("/"))
    return "" if right else f"must look like 'https://example.org' (no slash at the end), not {value!r}"


def _is_host_and_port(values: tuple[str, ...]) -> str:
    wrong = [one for one in values if not one.rpartition(":")[0] or not one.rpartition(":")[2].isdigit()]
    return f"must be 'host:port', not {wrong[0]!r}" if wrong else ""


def _are_networks(values: tuple[str, ...]) -> str:
    for one in values:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError:
            return f"must be addresses or networks like '10.0.0.0/8', not {one!r}"
    return ""


def _is_long(value: str) -> str:
    return "must have 16 letters at least" if 0 < len(value) < TOKEN_LENGTH else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreConf:
    """``SMO_KIT["CORE"]``."""

    site_name: str = editable(
        "",
        label=_("Name of the site"),
        help=_("Shown in previews and on card images. Empty: the name of the Site, else the host."),
    )
    """Name of the site, shown in previews."""
    base_url: str = fixed("", check=_is_address)
    """``https://example.org``: what absolute addresses start with. Empty: the request's host, else the Site's."""
    base_url_without_request: str = fixed("", check=_is_address)
    """The same for mails and commands alone, while pages follow the host that was asked. Empty: the Site's."""
    trusted_proxies: int = fixed(0)
    """How many proxies of yours stand before the site: so many addresses at the end of X-Forwarded-For are believed."""
    http_allow: tuple[str, ...] = fixed((), check=_is_host_and_port)
    """``host:port`` pairs that may be called although they are private or plain http: for a demo and tests only."""
    metrics_addresses: tuple[str, ...] = fixed((), check=_are_networks)
    """Addresses or networks (``10.0.0.0/8``) that may read ``/smo/metrics/``. Empty, like the token: nobody."""
    metrics_token: str = fixed("", check=_is_long)
    """Who says ``Authorization: Bearer`` and this may read ``/smo/metrics/`` too: 16 letters at least."""
    card_seconds: int = fixed(300)
    """For how long a card is kept in the cache; a saved object renews its own at once."""


core_settings = AppSettings("CORE", CoreConf, _("Site"))
