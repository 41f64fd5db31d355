"""JSON-LD (schema.org): what the page is about, the way to it, the site and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.safestring import SafeString

from smo_kit.core.addresses import absolute
from smo_kit.core.cards import Picture
from smo_kit.core.head import Addition
from smo_kit.core.scripts import json_for_script
from smo_kit.core.subjects import path_without_language
from smo_kit.core.text import one_line
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.facts import Facts
from smo_kit.meta.links import file_url
from smo_kit.meta.locales import language_tag

Node = dict[str, Any]


def graph(facts: Facts, added: Iterable[Addition]) -> SafeString:
    """Return one ``@graph`` as JSON that may stand inside a script tag."""
    added = list(added)
    main = _merged(_main(facts), (one.article for one in added))
    organization = _merged(_organization(facts), (one.organization for one in added))
    nodes = [main, *_breadcrumbs(facts), organization, _website(facts)]
    whole = {"@context": "https://schema.org", "@graph": nodes}
    return json_for_script(whole)


def main_node(facts: Facts, added: Iterable[Addition]) -> SafeString:
    """Return what the page is about, alone: a program that has read it in the graph reads both as one, by the id."""
    node = _merged(_main(facts), (one.article for one in added))
    return json_for_script({"@context": "https://schema.org", **node})


def _main(facts: Facts) -> Node:
    if facts.kind == "article":
        return _article(facts)
    if facts.kind == "profile":
        person = _filled({"@type": "Person", "name": facts.title, "description": facts.description, "url": facts.url})
        if facts.picture:
            person["image"] = _images(facts)
        return _page("ProfilePage", facts, mainEntity=person)
    return _page("WebPage", facts, primaryImageOfPage=_image(facts.picture, facts) if facts.picture else None)


def _article(facts: Facts) -> Node:
    card = facts.card
    node = {
        "@type": meta_settings().article_type,
        "@id": f"{facts.url}#article",
        "headline": facts.title,
        "description": facts.description,
        "url": facts.url,
        "mainEntityOfPage": facts.url,
        "image": _images(facts),
        "datePublished": facts.published,
        "dateModified": facts.modified,
        "author": _author(facts),
        "publisher": _reference(facts, "organization"),
        "isPartOf": _reference(facts, "website"),
        "keywords": list(card.tags),
        "inLanguage": language_tag(facts.language),
    }
    return _filled(node if card.free else {**node, "isAccessibleForFree": False})


def _author(facts: Facts) -> Node:
    if not facts.card.author:
        return _reference(facts, "organization")
    return _filled({"@type": "Person", "name": facts.card.author, "url": facts.author_url})


def _page(kind: str, facts: Facts, **more: Any) -> Node:
    return _filled({
        "@type": kind,
        "@id": f"{facts.url}#page",
        "url": facts.url,
        "name": facts.title,
        "description": facts.description,
        "datePublished": facts.published,
        "dateModified": facts.modified,
        "isPartOf": _reference(facts, "website"),
        "inLanguage": language_tag(facts.language),
        **more,
    })  # fmt: skip


def _images(facts: Facts) -> list[Node] | Node | None:
    """Return the picture in all its shapes: readers pick the one that fits."""
    every = [_image(one, facts) for one in (facts.picture, *facts.cuts) if one]
    return every if len(every) > 1 else next(iter(every), None)


def _image(picture: Picture, facts: Facts) -> Node:
    size = {"width": picture.width, "height": picture.height} if picture.width and picture.height else {}
    return {"@type": "ImageObject", "url": picture.url, **size, "caption": facts.picture_alt}


def _breadcrumbs(facts: Facts) -> list[Node]:
    """The way from the front page of the page's language; the front page itself has none."""
    path = urlsplit(facts.url).path
    rest = path_without_language(path)
    home = urljoin(facts.url, f"{path.removesuffix(rest)}/")
    if rest in {"", "/"}:
        return []
    steps = [(facts.site, home), (facts.title, facts.url)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return [{"@type": "BreadcrumbList", "@id": f"{facts.url}#breadcrumbs", "itemListElement": items}]


def _organization(facts: Facts) -> Node:
    conf = meta_settings()
    logo = file_url(conf.logo) if conf.logo else ""
    node = {
        "@type": "Organization",
        **_reference(facts, "organization"),
        "name": one_line(conf.organization) or facts.site,
        "url": f"{facts.base}/",
    }
    if logo:
        node["logo"] = {"@type": "ImageObject", "url": absolute(urljoin(f"{facts.base}/", logo))}
    return node


def _website(facts: Facts) -> Node:
    return {
        "@type": "WebSite",
        **_reference(facts, "website"),
        "url": f"{facts.base}/",
        "name": facts.site,
        "publisher": _reference(facts, "organization"),
    }


def _reference(facts: Facts, what: str) -> Node:
    return {"@id": f"{facts.base}/#{what}"}


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value or value is False}


def _merged(node: Node, additions: Iterable[Mapping[str, Any]]) -> Node:
    """Add what apps say; lists grow."""
    for addition in additions:
        for name, value in addition.items():
            known = node.get(name)
            node[name] = [*known, *value] if isinstance(known, list) and isinstance(value, list | tuple) else value
    return node
