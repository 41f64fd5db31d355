"""What every part of the head needs to know of a page, worked out once: full addresses, texts in their lengths."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest

from smo_kit.core.addresses import absolute, base_url
from smo_kit.core.cards import Card, Picture
from smo_kit.core.text import ELLIPSIS, cut, graphemes, one_line
from smo_kit.meta.conf import meta_settings

TITLE: Final = 90
"""Graphemes of ``og:title``: the longest that a network (Facebook) shows of it."""
X_TITLE: Final = 70
"""Graphemes of ``twitter:title`` (developer.x.com/cards/markup)."""
LEAST_TITLE: Final = 60
"""No title is cut to fewer."""
DESCRIPTION: Final = 200
"""Graphemes of a description in Open Graph and in X's card."""

_KINDS: Final = {"article", "profile", "website", "book"}
_ARTICLES: Final = {"blogposting", "newsarticle", "blog", "post", "news"}
_TRACKING: Final = re.compile(r"(?:^|(?<=&))(?:utm_\w+|fbclid|gclid|yclid|mc_cid|mc_eid)=[^&]*(?:&|$)")


@dataclass(frozen=True, slots=True)
class Facts:
    """A page as its head describes it. Addresses are full; ``picture`` is None when there is none."""

    card: Card
    site: str
    base: str
    url: str
    title: str
    description: str
    language: str
    kind: str
    picture: Picture | None
    cuts: tuple[Picture, ...]
    """The picture in other shapes."""
    picture_alt: str
    video: str
    published: str
    modified: str
    author_url: str
    alternates: tuple[tuple[str, str], ...]


def facts_of(card: Card, request: HttpRequest | None, site: str) -> Facts:
    """Work out the facts of a page from its card. A card without an address has that of the request."""
    address = card.url or (request.path if request else "")
    url = canonical(address, request) if address else ""
    title = card.title or site
    return Facts(
        card=card,
        site=site,
        base=base_url(request),
        url=url,
        title=title,
        description=cut(card.summary or one_line(meta_settings().default_description), DESCRIPTION),
        language=card.language,
        kind=kind_of(card.kind),
        picture=_full(card.image, request),
        cuts=tuple(filter(None, (_full(one, request) for one in card.cuts.values()))),
        picture_alt=card.image_alt or title,
        video=absolute(card.video, request) if card.video else "",
        published=moment(card.published),
        modified=moment(card.modified),
        author_url=absolute(card.author_url, request) if card.author_url else "",
        alternates=_alternates(card, url, request),
    )


def canonical(url: str, request: HttpRequest | None) -> str:
    """Return a page's one address: full, without a fragment and without what tracks campaigns."""
    full = absolute(url, request).partition("#")[0]
    path, _, query = full.partition("?")
    kept = _TRACKING.sub("", query).rstrip("&")
    return f"{path}?{kept}" if kept else path


def kind_of(kind: str) -> str:
    """Return the ``og:type`` for a card's kind: "website" for an unknown one."""
    if kind in _KINDS or kind.startswith(("video.", "music.")):
        return kind
    return "article" if kind in _ARTICLES else "website"


def moment(value: dt.datetime | None) -> str:
    """Return a time in ISO 8601, "" for none."""
    return value.isoformat(timespec="seconds") if value else ""


def short_title(text: str, length: int) -> str:
    """Return at most ``length`` graphemes of a title, cut at a word if 60 are left of it."""
    short = cut(text, length)
    if short == text or len(graphemes(short)) >= LEAST_TITLE:
        return short
    return "".join(graphemes(text)[: length - 1]).rstrip() + ELLIPSIS


def is_https(url: str) -> bool:
    """Say whether an address is of https."""
    return urlsplit(url).scheme == "https"


def _full(image: Any, request: HttpRequest | None) -> Picture | None:
    if not image:
        return None
    picture = image if isinstance(image, Picture) else Picture(str(image))
    return Picture(absolute(picture.url, request), picture.width, picture.height, picture.mime)


def _alternates(card: Card, url: str, request: HttpRequest | None) -> tuple[tuple[str, str], ...]:
    urls = {code: canonical(one, request) for code, one in card.alternates.items()}
    if card.language and url:
        urls.setdefault(card.language, url)
    return tuple(urls.items()) if len(urls) > 1 else ()
