"""Link tags: the canonical address, translations, feeds, icons."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static

from smo_kit.core.addresses import absolute, is_web_address
from smo_kit.core.events import event, event_logger
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.facts import Facts
from smo_kit.meta.locales import language_tag

logger = event_logger(__name__)

Link: TypeAlias = tuple[tuple[str, str], ...]
"""Attributes of a link tag in their order."""

_SIZE: Final = re.compile(r"(\d{2,4})x\1(?!\d)")


def link(**attributes: str) -> Link:
    """Return a link tag without its empty attributes."""
    return tuple((name, str(value)) for name, value in attributes.items() if value)


def page_links(facts: Facts) -> Iterator[Link]:
    """Yield the canonical address and the address in each language, with ``x-default`` for all other readers."""
    if facts.url:
        yield link(rel="canonical", href=facts.url)
    for code, url in facts.alternates:
        if tag := language_tag(code):
            yield link(rel="alternate", hreflang=tag, href=url)
    if facts.alternates:
        yield link(rel="alternate", hreflang="x-default", href=_for_all_others(dict(facts.alternates)))


def _for_all_others(urls: dict[str, str]) -> str:
    """Return the address in the site's main language, else the first: the same on each translation."""
    main = settings.LANGUAGE_CODE
    return urls.get(main) or urls.get(main.partition("-")[0]) or next(iter(urls.values()))


def site_links(language: str, site: str, request: HttpRequest | None) -> Iterator[Link]:
    """Yield the feeds and icons of the site."""
    conf = meta_settings()
    for feed in conf.feeds:
        address, _, title = feed.replace("{language}", language).partition(" ")
        yield link(rel="alternate", type=_feed_type(address), title=title or site, href=absolute(address, request))
    for icon in conf.icons:
        if url := file_url(icon):
            yield _icon(url)


def file_url(name: str) -> str:
    """Return the address of what a setting names: itself, or that of a static file; "" if there is none."""
    if is_web_address(name):
        return name
    try:
        return static(name)
    except ValueError as error:  # a manifest that does not know the file
        logger.error(
            "SMO_KIT['META'] names a static file that is not there: %s. Correct its path.",
            error,
            extra=event("meta.static_missing"),
        )
        return ""


def _icon(url: str) -> Link:
    name = urlsplit(url).path.rpartition("/")[2]
    size = _SIZE.search(name)
    mime = mimetypes.guess_type(name)[0] or ""
    return link(
        rel="apple-touch-icon" if "apple-touch-icon" in name else "icon",
        href=url,
        type=mime,
        sizes="any" if mime == "image/svg+xml" else size.group() if size else "",
    )


def _feed_type(address: str) -> str:
    name = urlsplit(address).path.lower()
    if name.rstrip("/").endswith("json"):
        return "application/feed+json"
    return "application/atom+xml" if "atom" in name else "application/rss+xml"
