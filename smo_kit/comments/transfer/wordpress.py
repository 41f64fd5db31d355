"""WXR, WordPress' export ("WordPress eXtended RSS" 1.0 to 1.2), which Disqus, Isso and Remark42 read too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import Element  # a type; defusedxml reads
from xml.sax.saxutils import XMLGenerator  # writes

from smo_kit.comments.markup import to_html
from smo_kit.comments.states import State
from smo_kit.comments.transfer.foreign import Foreign, moment
from smo_kit.comments.transfer.origins import origins_in, origins_of
from smo_kit.comments.transfer.texts import markdown_of, with_paragraphs
from smo_kit.comments.transfer.xml import elements, local, text_of

STATES: Final = {
    "1": State.PUBLISHED,
    "approved": State.PUBLISHED,
    "0": State.HELD,
    "hold": State.HELD,
    "spam": State.SPAM,
    "trash": State.REMOVED,
    "post-trashed": State.REMOVED,
}
APPROVED: Final = {State.PUBLISHED: "1", State.SPAM: "spam", State.REMOVED: "trash"}
"""All others: 0."""
COMMENTS: Final = {"", "comment", "review"}
"""Types that people write; pingbacks and trackbacks are robots'."""
OWN: Final = "_smo_id"
ORIGIN: Final = "_smo_origin"
"""Keys of a comment's meta data, which WordPress keeps: what finds it again here."""
NAMESPACES: Final = {
    "xmlns:wp": "http://wordpress.org/export/1.2/",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dsq": "http://www.disqus.com/",
}


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of an export. Raises BadFile, OSError."""
    for item in elements(file, "item"):
        page = {"url": text_of(item, "link"), "identifier": text_of(item, "thread_identifier")}
        for one in item:
            if local(one) == "comment":
                yield _comment(one, {**page, "title": text_of(item, "title")})


def write(comments: Iterable[Foreign], file: IO[bytes]) -> int:
    """Write comments, those of a page one after another, and return how many."""
    xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
    xml.startDocument()
    _start(xml, "rss", {"version": "2.0", **NAMESPACES})
    _start(xml, "channel")
    _leaf(xml, "wp:wxr_version", "1.2")
    n = 0
    for _, group in groupby(comments, key=lambda one: one.page):
        n += _write_page(xml, list(group))
    for name in ("channel", "rss"):
        xml.endElement(name)
    xml.endDocument()
    return n


def _comment(one: Element, page: dict[str, Any]) -> Foreign:
    kind = text_of(one, "comment_type").lower()
    parent = text_of(one, "comment_parent")
    return Foreign(
        id=text_of(one, "comment_id"),
        parent="" if parent == "0" else parent,
        name=text_of(one, "comment_author"),
        email=text_of(one, "comment_author_email"),
        website=text_of(one, "comment_author_url"),
        text=markdown_of(with_paragraphs(text_of(one, "comment_content"))),
        submitted=moment(text_of(one, "comment_date_gmt")) or moment(text_of(one, "comment_date")),
        state=STATES.get(text_of(one, "comment_approved"), State.HELD),
        ip=text_of(one, "comment_author_IP"),
        refused="" if kind in COMMENTS else f"it is a {kind}",
        own=next(_meta(one, OWN), ""),
        more=origins_in(_meta(one, ORIGIN)),
        **page,
    )


def _meta(one: Element, key: str) -> Iterator[str]:
    of_key = (meta for meta in one if local(meta) == "commentmeta" and text_of(meta, "meta_key") == key)
    return (text_of(meta, "meta_value") for meta in of_key)


def _write_page(xml: Any, comments: list[Foreign]) -> int:
    first = comments[0]
    _start(xml, "item")
    _leaf(xml, "title", first.title or first.url)
    _leaf(xml, "link", first.url)
    _leaf(xml, "content:encoded", "")
    _leaf(xml, "dsq:thread_identifier", first.identifier)
    dates = [one.submitted for one in comments if one.submitted]
    _leaf(xml, "wp:post_date_gmt", f"{min(dates):%Y-%m-%d %H:%M:%S}" if dates else "")
    _leaf(xml, "wp:comment_status", "open")
    _leaf(xml, "wp:status", "publish")
    _leaf(xml, "wp:post_type", "post")
    for one in comments:
        _start(xml, "wp:comment")
        for name, value in _fields(one).items():
            _leaf(xml, f"wp:comment_{name}", value)
        for key, value in [(OWN, one.id), *((ORIGIN, origin) for origin in origins_of(one))]:
            _start(xml, "wp:commentmeta")
            _leaf(xml, "wp:meta_key", key)
            _leaf(xml, "wp:meta_value", value)
            xml.endElement("wp:commentmeta")
        xml.endElement("wp:comment")
    xml.endElement("item")
    return len(comments)


def _fields(one: Foreign) -> dict[str, str]:
    date = f"{one.submitted:%Y-%m-%d %H:%M:%S}" if one.submitted else ""
    return {
        "id": one.id,
        "author": one.name,
        "author_email": one.email,
        "author_url": one.website,
        "author_IP": one.ip,
        "date": date,
        "date_gmt": date,
        "content": to_html(one.text),
        "approved": APPROVED.get(one.state, "0"),
        "type": "",
        "parent": one.parent or "0",
    }


def _start(xml: Any, name: str, attributes: dict[str, str] | None = None) -> None:
    xml.startElement(name, attributes or {})


def _leaf(xml: Any, name: str, text: str) -> None:
    _start(xml, name)
    xml.characters(text)
    xml.endElement(name)
