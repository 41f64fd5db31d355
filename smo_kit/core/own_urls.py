"""Addresses of the suite's own views, for tags: a page is served although the site has left them out."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse

from smo_kit.core.faults import fault

CURE: Final = 'path("smo/", include("smo_kit.urls"))'
"""What a site adds to its urlpatterns."""


def own_address(name: str, *args: object) -> str:
    """Return the path of a view of ours; "" and a fault when the site has left out our URLs."""
    address = address_if_any(name, *args)
    if not address:
        fault(ImproperlyConfigured(f"{name!r} has no address: add {CURE} to your URLs."))
    return address


def address_if_any(name: str, *args: object) -> str:
    """Return the path of a view, of whichever app; "" if the site has left it out."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
