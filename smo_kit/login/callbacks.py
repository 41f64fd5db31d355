"""Addresses of this site that a provider must know, exactly as django-allauth will name them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from allauth.socialaccount import app_settings
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers import registry
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from smo_kit.core.addresses import base_url
from smo_kit.core.own_urls import address_if_any
from smo_kit.networks.logins import OPENID_CONNECT

LOGIN: Final = "login/"
"""Ends the address of django-allauth's page, beside which it puts those of providers."""
UNNAMED: Final = "example.com"
"""What Django calls a site that nobody has named."""


def callback_of(provider: str, app_id: str, request: HttpRequest, app: SocialApp | None = None) -> str:
    """Return where a provider sends people back to; "" if it is not installed, or the site has no such URL.

    ``app`` may be None: the address is wanted before there is an application.
    """
    kind = registry.get_class(provider)
    if kind is None:
        return ""
    app = app or SocialApp(provider=provider, provider_id="" if app_id == provider else app_id, name=app_id)
    try:
        one = kind(request, app=app)
        if hasattr(one, "get_oauth2_adapter"):
            return str(one.get_oauth2_adapter(request).get_callback_url(request, app))
        return str(build_absolute_uri(request, reverse(f"{one.id}_callback")))
    except NoReverseMatch:
        return ""


def callback_to_be(provider: str, app_id: str, request: HttpRequest) -> str:
    """Return where a provider that is not installed yet will send people back to; "" if it can't be told."""
    beside = address_if_any("account_login")
    prefix = app_settings.OPENID_CONNECT_URL_PREFIX
    own = "/".join(filter(None, [prefix, app_id])) if provider == OPENID_CONNECT.provider else provider
    if not beside.endswith(LOGIN):
        return ""
    return str(build_absolute_uri(request, f"{beside.removesuffix(LOGIN)}{own}/login/callback/"))


def origins(request: HttpRequest) -> list[str]:
    """Return scheme and host of each address that the site answers at, as far as it says so: this one first."""
    here = f"{request.scheme}://{request.get_host()}"
    named = [host for host in settings.ALLOWED_HOSTS if host.strip(".*") == host and "." in host and ":" not in host]
    public = [f"{request.scheme}://{host}" for host in named if not host.startswith("127.")]
    found = {urlsplit(one).netloc: one for one in (*public, base_url(), here)}
    found.pop(UNNAMED, None)
    return [here, *(_origin(one) for one in found.values() if one != here)]


def at_each_origin(url: str, request: HttpRequest) -> list[str]:
    """Return an address of this site at each of its hosts, the first as it is."""
    _, *others = origins(request)
    return [url, *(f"{one}{urlsplit(url).path}" for one in others)]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
