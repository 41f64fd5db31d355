"""Meta tags: description, Open Graph (ogp.me), X's card."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from smo_kit.meta.facts import TITLE, X_TITLE, Facts, is_https, short_title
from smo_kit.meta.locales import og_locale

_PROPERTIES: Final = ("og:", "article:", "profile:", "book:", "video:", "music:", "fb:", "al:")
_USERNAME: Final = re.compile(r"(?=.*[^\W\d])[\w.-]{1,64}")


class Meta(NamedTuple):
    """A meta tag: ``<meta attribute="name" content="…">``."""

    attribute: str
    name: str
    content: str


def meta(name: str, content: str) -> Meta:
    """Return a meta tag: RDFa's ``property`` for Open Graph, ``name`` for all others."""
    return Meta("property" if name.startswith(_PROPERTIES) else "name", name, content)


def page_metas(facts: Facts) -> Iterator[Meta]:
    """Yield the meta tags of a page; what is empty is left out."""
    yield from _filled([("description", facts.description), ("author", facts.card.author)])
    yield from _filled(_open_graph(facts))
    yield from _filled(_picture(facts))
    yield from _filled(_video(facts))
    yield from _filled(_of_kind(facts))
    yield from _filled(_x_card(facts))


def _filled(pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Iterator[Meta]:
    return (meta(name, content) for name, content in pairs if content)


def _open_graph(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "og:type", facts.kind
    yield "og:site_name", facts.site
    yield "og:title", short_title(facts.title, TITLE)
    yield "og:description", facts.description
    yield "og:url", facts.url
    own = og_locale(facts.language)
    yield "og:locale", own
    others = (og_locale(code) for code, _ in facts.alternates)
    for other in dict.fromkeys(others):
        if other != own:
            yield "og:locale:alternate", other


def _picture(facts: Facts) -> Iterator[tuple[str, str]]:
    """What describes a picture stands directly behind it, as strict readers want."""
    if (picture := facts.picture) is None:
        return
    yield "og:image", picture.url
    yield "og:image:secure_url", picture.url if is_https(picture.url) else ""
    yield "og:image:type", picture.mime
    yield "og:image:width", str(picture.width or "")
    yield "og:image:height", str(picture.height or "")
    yield "og:image:alt", facts.picture_alt


def _video(facts: Facts) -> Iterator[tuple[str, str]]:
    if not facts.video:
        return
    mime = mimetypes.guess_type(urlsplit(facts.video).path)[0] or ""
    yield "og:video", facts.video
    yield "og:video:secure_url", facts.video if is_https(facts.video) else ""
    yield "og:video:type", mime if mime.startswith("video/") else "text/html"


def _of_kind(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.kind == "article":
        yield "article:published_time", facts.published
        yield "article:modified_time", facts.modified
        yield "article:author", facts.author_url or facts.card.author
        for tag in facts.card.tags:
            yield "article:tag", tag
    elif facts.kind == "profile":
        names = facts.title.split()
        if len(names) == 2:  # which of three is whose is anybody's guess
            yield "profile:first_name", names[0]
            yield "profile:last_name", names[1]
        slug = urlsplit(facts.url).path.rstrip("/").rpartition("/")[2]
        yield "profile:username", slug if _USERNAME.fullmatch(slug) else ""


def _x_card(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "twitter:card", "summary_large_image" if facts.picture else "summary"
    yield "twitter:title", short_title(facts.title, X_TITLE)
    yield "twitter:description", facts.description
    if facts.picture:
        yield "twitter:image", facts.picture.url
        yield "twitter:image:alt", facts.picture_alt
