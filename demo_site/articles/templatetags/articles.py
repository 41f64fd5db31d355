"""Small parts of the magazine's pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final, NamedTuple

from cms.models import Page
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from demo_site.articles import pictures
from demo_site.articles.models import Translation
from smo_kit.contrib.cms.pages import addresses as addresses_of_page
from smo_kit.contrib.cms.pages import public_contents
from smo_kit.core.cards import Card, Picture
from smo_kit.follow.windows import NoWindow, window_for

register = template.Library()

_PIECES: Final = re.compile(
    r"<blockquote>(?P<quote>(?:(?!</?blockquote).)*)</blockquote>"
    r"|<p><a href=\"(?P<address>https://[^\"]*)\"[^>]*>(?P<title>[^<]*)</a></p>",
    re.DOTALL,
)
SIGN_IN: Final = ("account_login", "smo_login:page")
_SAID_BY: Final = re.compile(r"\s*<p>— ([^<]+)</p>\s*$")


class Choice(NamedTuple):
    """One language of the switch."""

    code: str
    name: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[Choice]:
    """Return where each language of the switch leads: the page's own translation, else the list or the front page."""
    return list(_choices(context))


def _choices(context: template.Context) -> Iterator[Choice]:
    addresses: Mapping[str, str] = context.get("in_languages") or _of_editors_page(context) or _of_closed_page(context)
    for code, name in settings.LANGUAGES:
        address = addresses.get(code) or (f"/{code}/articles/" if addresses else _elsewhere(context, code))
        yield Choice(code, name, address, code == get_language())


def _of_editors_page(context: template.Context) -> dict[str, str]:
    page = context.get("current_page")
    return addresses_of_page(page) if isinstance(page, Page) else {}


def _of_closed_page(context: template.Context) -> Mapping[str, str]:
    """Return the addresses of a page that the suite shows in the page's own place: a lock of the whole of it."""
    request, card = context.get("request"), context.get("card")
    if request is None or not isinstance(card, Card) or request.path not in card.alternates.values():
        return {}
    return card.alternates


def _elsewhere(context: template.Context, code: str) -> str:
    """Return the same page of the suite, which takes the language from ``?l=``; for any other page, the front page.

    Whoever signs in comes to the front page.
    """
    request: HttpRequest | None = context.get("request")
    if request and request.resolver_match and request.resolver_match.view_name in SIGN_IN:
        return f"{request.path}?next=/{code}/"
    if request and request.path.startswith("/smo/") and set(request.GET) <= {"l"}:
        return f"{request.path}?l={code}"
    return f"/{code}/"


@register.simple_tag(takes_context=True)
def is_public(context: template.Context, slug: str) -> bool:
    """Say whether readers may see an editors' page in this language; False without a request, as after a failure."""
    if context.get("request") is None:
        return False
    code = get_language()
    return bool(public_contents().filter(language=code, page__urls__language=code, page__urls__path=slug).exists())


@register.inclusion_tag("parts/cover.html")
def cover(translation: Translation, sizes: str, *, first: bool = False) -> dict[str, Any]:
    """Show an article's cover. ``sizes`` says how wide it is on the page; ``first`` that it is seen at once."""
    article = translation.article
    return {
        "article": article,
        "alt": translation.cover_alt,
        "srcset": pictures.srcset(article) if article.cover else "",
        "sizes": sizes,
        "first": first,
    }


@register.filter
def copies(card: Card) -> str:
    """Return the smaller copies of a card's picture as an ``img`` wants them; "" for a picture that is no cover."""
    return pictures.srcset_of(card.image_url, card.image.width) if isinstance(card.image, Picture) else ""


class Piece(NamedTuple):
    """A part of an article: HTML as it is, a quote to share, or something that a network shows."""

    kind: str
    html: SafeString = SafeString("")
    author: str = ""
    address: str = ""
    title: str = ""


@register.filter
def pieces(body: SafeString) -> list[Piece]:
    """Return an article in its parts. A quote may end in “— Name”; a link that stands alone may become a widget."""
    return [piece for piece in _pieces(body) if piece.address or piece.html.strip()]


def _pieces(body: SafeString) -> Iterator[Piece]:
    done = 0
    for match in _PIECES.finditer(body):
        piece = _quote(match["quote"]) if match["address"] is None else _widget(match["address"], match["title"])
        if piece:
            yield Piece("html", mark_safe(body[done : match.start()]))  # as our Markdown made it
            yield piece
            done = match.end()
    yield Piece("html", mark_safe(body[done:]))


def _quote(html: str) -> Piece:
    said_by = _SAID_BY.search(html)
    words = html[: said_by.start()] if said_by else html
    return Piece("quote", mark_safe(words), author=unescape(said_by[1]) if said_by else "")


def _widget(address: str, title: str) -> Piece | None:
    url = unescape(address)
    try:
        is_shown = bool(window_for(url).src)
    except NoWindow:
        return None
    return Piece("widget", address=url, title=unescape(title)) if is_shown else None
