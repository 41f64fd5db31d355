"""Absolute addresses: https behind a proxy, right without a request, harmless whatever they were made of."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.shortcuts import resolve_url

from smo_kit.core.conf import core_settings

_SITES: Final = ("sites", "Site")
_SAFE: Final = "/#%[]=:;$&()+,!?*@'~"


def base_url(request: HttpRequest | None = None) -> str:
    """Return what every absolute address starts with: the setting, else the request's host, else the Site's."""
    conf = core_settings()
    if conf.base_url:
        return conf.base_url
    if request is not None:
        return f"{request.scheme}://{request.get_host()}"
    if conf.base_url_without_request:
        return conf.base_url_without_request
    domain = site_attribute("domain")
    if domain:
        return f"https://{domain}"
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in {"*", ""}]
    return f"https://{hosts[0].lstrip('.')}" if hosts else "https://localhost"


def site_name(request: HttpRequest | None = None) -> str:
    """Return the site's name in the active language: the setting, else the Site's, else the host."""
    return str(core_settings().site_name) or site_attribute("name") or urlsplit(base_url(request)).netloc


def site_attribute(name: str) -> str:
    """Return the Site's ``name`` or ``domain``; "" without django.contrib.sites or without the row."""
    if not apps.is_installed("django.contrib.sites"):
        return ""
    sites: Any = apps.get_model(*_SITES)
    try:
        return str(getattr(sites.objects.get_current(), name))
    except (sites.DoesNotExist, ImproperlyConfigured):  # no row; no SITE_ID
        return ""


def absolute(url: str, request: HttpRequest | None = None) -> str:
    """Return an address in full, its odd letters percent-encoded. An address that already is full stays."""
    return quote(urljoin(f"{base_url(request)}/", url), safe=_SAFE)


def joined(base: str, url: str) -> str:
    """Return the full address of what a page names; as it is written if it is no address."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def sign_in_url(then: str) -> str:
    """Return where one signs in and goes on to an address of this site."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then})}"


def with_query(address: str, query: str) -> str:
    """Return an address that asks for more, by an encoded query; as it is for none."""
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def scheme_of(url: str) -> str:
    """Return the scheme of an address, "" if it has none or is no address."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def is_web_address(url: str) -> bool:
    """Say whether this is an http(s) address or a path of this site: nothing that a browser would run."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if any(ord(letter) <= 32 or letter == "\\" for letter in url.strip()):
        return False
    if parts.scheme:
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    return url.startswith("/") and not url.startswith("//")
