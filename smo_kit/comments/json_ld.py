"""What programs read of a discussion (schema.org): the page as a DiscussionForumPosting, with its comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString

from smo_kit.comments.models import Discussion, Entry
from smo_kit.core.addresses import site_name
from smo_kit.core.cards import Card
from smo_kit.core.scripts import json_for_script
from smo_kit.core.text import plain

Node = dict[str, Any]


def posting(card: Card, discussion: Discussion, entries: Sequence[Entry], base: str) -> SafeString:
    """Return the comments of one page of a discussion as JSON that may stand inside a script tag.

    A reply stands inside of what it answers, where that is on the same page. What is gone is not mentioned. ``base`` is
    what absolute addresses begin with.
    """
    url = urljoin(f"{base}/", card.url)
    nodes: dict[int, Node] = {}
    top: list[Node] = []
    for entry in entries:
        if not entry.is_published:
            continue
        node = nodes[entry.pk] = _comment(entry, url)
        above = nodes.get(entry.parent_id or 0)
        (top if above is None else above.setdefault("comment", [])).append(node)
    whole: Node = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "@id": f"{url}#discussion",
        "url": url,
        "mainEntityOfPage": url,
        "headline": card.title,
        "text": card.summary or card.title,
        "author": _author(card, base),
        "datePublished": card.published.isoformat() if card.published else None,
        "inLanguage": card.language,
        "commentCount": discussion.count,
        "comment": top,
    }
    return json_for_script({name: value for name, value in whole.items() if value or value == 0})


def _author(card: Card, base: str) -> Node:
    if not card.author:
        return {"@type": "Organization", "name": site_name()}
    url = {"url": urljoin(base, card.author_url)} if card.author_url else {}
    return {"@type": "Person", "name": card.author, **url}


def _comment(entry: Entry, url: str) -> Node:
    words = entry.comment
    node = {
        "@type": "Comment",
        "@id": f"{url}#c{entry.pk}",
        "url": f"{url}#c{entry.pk}",
        "author": {"@type": "Person", "name": entry.author_name},
        "datePublished": words.submit_date.isoformat(),
        "text": plain(entry.html),
        "upvoteCount": entry.likes,
    }
    if entry.dislikes:
        node["downvoteCount"] = entry.dislikes
    if entry.edited_at:
        node["dateModified"] = entry.edited_at.isoformat()
    return node
