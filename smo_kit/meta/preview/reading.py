"""What a crawler finds in the HTML of a page. Nothing is believed to be well-formed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final

from smo_kit.core.encodings import decoded
from smo_kit.core.text import one_line

CHUNK: Final = 32_768
BODY_LETTERS: Final = 400_000
"""Letters of the body that are looked at, for a first picture, heading and paragraph."""
FEWEST_WORDS: Final = 40
"""Letters that make a paragraph a description."""
LD_TYPES: Final = {"NewsArticle", "WebPage"}
IN_BODY: Final = {"body", "div", "h1", "img", "p"}
"""Elements with which the head is over, whether it was closed or not."""


@dataclass(slots=True)
class Reading:
    """Fields by the names that a network's rules use: each with its values in the order of the page."""

    fields: dict[str, list[str]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the first value of a field, "" if the page has none."""
        return next(iter(self.fields.get(name, ())), "")

    def add(self, name: str, value: object) -> None:
        """Keep a value that says something."""
        if text := one_line(value):
            self.fields.setdefault(name, []).append(text)


def read_page(body: bytes, content_type: str = "") -> Reading:
    """Return what stands in a page, of which ``body`` may be only the beginning."""
    parser = _Parser()
    text = decoded(body, content_type)
    try:
        for start in range(0, len(text), CHUNK):
            parser.feed(text[start : start + CHUNK])
            if parser.body_at is not None and start > parser.body_at + BODY_LETTERS:
                break
        parser.close()
    except (AssertionError, NotImplementedError, ValueError):  # what the parser raises for markup that it gives up on
        pass
    parser.finish()
    return parser.reading


class _Parser(HTMLParser):
    """Collects the fields. Text is gathered in one element at a time."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self.body_at: int | None = None
        self._letters = 0
        self._in = ""
        self._text: list[str] = []
        self._drawing = 0

    def feed(self, data: str) -> None:
        self._letters += len(data)
        super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self._drawing += 1
        if self._drawing:
            return
        given = {name: value or "" for name, value in attrs}
        if tag in IN_BODY:
            self._into_body()
        if tag in {"title", "h1", "p"} or (tag == "script" and _is_ld(given)):
            self._begin(tag)
        else:
            self._empty(tag, given)

    def _empty(self, tag: str, given: dict[str, str]) -> None:
        """Keep what an element says in its attributes."""
        if tag == "meta":
            self._meta(given)
        elif tag == "link":
            for rel in given.get("rel", "").lower().split():
                self.reading.add(f"link:{rel}", given.get("href"))
        elif tag == "img":
            self.reading.add("<img>", given.get("src"))
        elif tag == "html":
            self.reading.add("lang", given.get("lang"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "svg":
            self._drawing -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawing = max(self._drawing - 1, 0)
        elif tag == self._in or (tag in {"head", "body"} and self._in):
            self.finish()

    def handle_data(self, data: str) -> None:
        if self._in and not self._drawing:
            self._text.append(data)

    def _into_body(self) -> None:
        if self.body_at is None:
            self.body_at = self._letters

    def _begin(self, tag: str) -> None:
        self.finish()
        self._in = tag

    def finish(self) -> None:
        """Keep the text of the element that ends here, or that the page leaves open."""
        text, tag = "".join(self._text), self._in
        self._in, self._text = "", []
        if tag == "script":
            for name, value in _from_ld(text):
                self.reading.add(name, value)
        elif tag == "p" and len(one_line(text)) < FEWEST_WORDS:
            return
        elif tag:
            self.reading.add(f"<{tag}>", text)

    def _meta(self, given: dict[str, str]) -> None:
        names = {given.get(one, "").strip().lower() for one in ("property", "name", "itemprop")}
        for name in names - {""}:
            self.reading.add(name, given.get("content"))


def _is_ld(given: dict[str, str]) -> bool:
    return given.get("type", "").partition(";")[0].strip().lower() == "application/ld+json"


def _from_ld(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a NewsArticle or WebPage that stands by itself; one inside a ``@graph`` is not looked for."""
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    nodes = said if isinstance(said, list) else [said]
    node = next((one for one in nodes if isinstance(one, dict) and one.get("@type") in LD_TYPES), None)
    if node is None:
        return
    for name in ("headline", "description"):
        if isinstance(node.get(name), str):
            yield f"ld:{name}", unescape(node[name])
    for name in ("author", "publisher"):
        who = node.get(name)
        who = who[0] if isinstance(who, list) and who else who
        if isinstance(who, dict) and isinstance(who.get("name"), str):
            yield f"ld:{name}", unescape(who["name"])
