"""Addresses that say the language, for sites on which the address alone says it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import activate, get_language

from smo_kit.core.own_urls import own_address


def in_language(address: str, **words: str) -> str:
    """Return an address without a query, with these words and the language of the moment; "" for none.

    The site's own language is not said: it is what a site speaks to who has not asked for another.
    """
    code = get_language() or settings.LANGUAGE_CODE
    query = urlencode(words if code == settings.LANGUAGE_CODE else {**words, "l": code})
    return f"{address}?{query}" if address and query else address


def spoken(name: str, **words: str) -> str:
    """Return the address of a view of ours, with these words and the language of the moment."""
    return in_language(own_address(name), **words)


def speak(request: HttpRequest) -> None:
    """Speak the language that the address of a request asks for, if it is one of the site's."""
    code = request.GET.get("l", "")
    if code in dict(settings.LANGUAGES):
        activate(code)
        request.LANGUAGE_CODE = code
