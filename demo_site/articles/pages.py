"""The pages that editors make, as the demo starts with them: from ``demo_site/content/pages/``.

A text is Markdown with lines that begin with ``@``: ``@masthead`` and ``@content`` go on to another slot of the page,
``@latest`` puts a list of the magazine there, ``@share {"look": "icons"}`` a block of smo-kit with its options; what
follows a block that holds others, such as ``@lock``, stands inside of it until ``@end``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cms.api import add_plugin, create_page, create_page_content
from cms.models import Page, PageContent
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.db import transaction
from django.utils.html import format_html

from demo_site.articles.addresses import addresses_of
from demo_site.articles.content import Text, read
from demo_site.articles.texts import keys_in, to_html
from smo_kit.contrib.cms.options import plugin_name
from smo_kit.core.addresses import site_name
from smo_kit.core.blocks import all_blocks

SLOTS: Final = ("masthead", "content")
END: Final = "end"
LISTS: Final = {"latest": "LatestArticlesPlugin", "topics": "TopicsPlugin"}
PAGES: Final = {"home": "pages/front.html", "about": "pages/story.html"}
_MARK: Final = re.compile(r"^@(\w+) *(\{.*\})?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One plugin of a page."""

    slot: str
    plugin: str
    options: dict[str, Any] = field(default_factory=dict)
    holds: bool = False
    """Whether the pieces after it stand inside of it."""
    ends: bool = False
    """Whether it is no plugin but the end of one that holds others."""


def pieces(text: Text, language: str) -> Iterator[Piece]:
    """Yield the plugins that a text describes, in their order: its title and lead first."""
    slot = SLOTS[-1]
    head, *rest = _MARK.split(text.body)
    yield Piece(SLOTS[0], "TextPlugin", {"body": format_html("<h1>{}</h1><p>{}</p>", text.title, text.lead)})
    yield from _text(slot, head, language)
    for name, options, words in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if name in SLOTS:
            slot = name
        elif name == END:
            yield Piece(slot, "", ends=True)
        elif name in LISTS:
            yield Piece(slot, LISTS[name])
        elif block := all_blocks().get(name):
            yield Piece(slot, plugin_name(block), {"options": json.loads(options or "{}")}, holds=block.holds)
        yield from _text(slot, words, language)


def _text(slot: str, text: str, language: str) -> Iterator[Piece]:
    if text.strip():
        html = to_html(text.strip(), addresses_of(keys_in(text), language))
        yield Piece(slot, "TextPlugin", {"body": str(html)})


@transaction.atomic
def seed_pages() -> int:
    """Make the pages of a site that has none and publish them; return their number."""
    user = get_user_model()._default_manager.filter(is_superuser=True).order_by("pk").first()
    if user is None or Page.objects.exists():
        return 0
    Site.objects.filter(pk=settings.SITE_ID).update(domain="localhost", name=site_name())
    Site.objects.clear_cache()
    for name, template in PAGES.items():
        texts = {code: read(settings.CONTENT / "pages" / code / f"{name}.md") for code, _ in settings.LANGUAGES}
        _make(name, template, texts, user)
    return len(PAGES)


def _make(name: str, template: str, texts: dict[str, Text], user: Any) -> None:
    (first, text), *others = texts.items()
    page = create_page(text.title, template, first, slug=name, created_by=user, **_words(text))
    if name == "home":
        page.set_as_homepage()
    for code, other in others:
        create_page_content(code, other.title, page, slug=name, created_by=user, template=template, **_words(other))
    for content in PageContent.admin_manager.filter(page=page):
        content.rescan_placeholders()
        slots = {one.slot: one for one in content.get_placeholders()}
        _fill(slots, pieces(texts[content.language], content.language), content.language)
        content.versions.first().publish(user)


def _fill(slots: dict[str, Any], pieces: Iterable[Piece], language: str) -> None:
    """Put plugins into the slots of a page."""
    inside: list[Any] = []
    for piece in pieces:
        if piece.ends:
            inside.pop()
            continue
        target = inside[-1] if inside else None
        plugin = add_plugin(slots[piece.slot], piece.plugin, language, target=target, **piece.options)
        if piece.holds:
            inside.append(plugin)


def _words(text: Text) -> dict[str, str]:
    return {"meta_description": text.head.get("description", text.lead), "page_title": text.head.get("page_title", "")}
