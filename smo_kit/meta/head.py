"""What a page says of itself in its ``<head>``: title, meta tags, links and JSON-LD, from its Card."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from smo_kit.core.addresses import site_name
from smo_kit.core.head import additions
from smo_kit.core.pages import Page
from smo_kit.core.text import one_line
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.facts import facts_of
from smo_kit.meta.json_ld import graph, main_node
from smo_kit.meta.links import Link, link, page_links, site_links
from smo_kit.meta.meta_tags import Meta, meta, page_metas


@dataclass(frozen=True, slots=True)
class Head:
    """Everything for ``<head>``, nothing escaped yet but ``json_ld``."""

    title: str
    metas: tuple[Meta, ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: str = ""
    """Safe in a script tag (a SafeString), or nothing."""


def head_for(page: Page) -> Head:
    """Return the head of a page. One that its reader may not see says nothing but the site's name, and noindex;

    one that an editor keeps from networks has its title, its address and those of its translations.
    """
    card, request = page.card, page.request
    site = one_line(site_name(request))
    if card is None:
        links = tuple(site_links(get_language() or "", site, request))
        return Head(title=site, metas=(meta("robots", "noindex"),), links=links)
    facts = facts_of(card, request, site)
    title = window_title(facts.title, site)
    if not card.shareable:
        links = (*page_links(facts), *site_links(facts.language, site, request))
        return Head(title=title, links=links)
    added = additions(card, request, page.key)
    return Head(
        title=title,
        metas=(*page_metas(facts), *(meta(name, text) for one in added for name, text in one.meta.items())),
        links=(
            *page_links(facts),
            *site_links(facts.language, site, request),
            *(link(**attributes) for one in added for attributes in one.links),
        ),
        json_ld=graph(facts, added),
    )


def json_ld_again(page: Page) -> str:
    """Return JSON-LD of what a page is about, as it is now, safe in a script tag."""
    if page.card is None:
        return ""
    facts = facts_of(page.card, page.request, one_line(site_name(page.request)))
    return main_node(facts, additions(page.card, page.request, page.key))


def window_title(title: str, site: str) -> str:
    """Return ``title — site``; the title alone if it already names the site at its start or end."""
    one, other = title.casefold(), site.casefold()
    if not site or one.startswith(other) or one.endswith(other):
        return title
    return f"{title} {one_line(meta_settings().title_separator)} {site}"
