"""The faces of what leaves the site: the text that a reader sees, and all that a machine reads of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from string import hexdigits
from sys import maxunicode
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_plus

from smo_kit.core.scan import Attributes, pieces
from smo_kit.lock.leaks.words import INLINE, words_of

Face: TypeAlias = tuple[str, list[str]]
"""Where in a text words stand, such as ``text``, ``meta description``, ``img alt``; and the words."""

DEEPEST: Final = 6
"""Texts within texts: HTML in JSON in a script, HTML in a feed."""
TEXT: Final = "text"

_COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|[nrt]|([/\"'\\]))")
"""As scripts and JSON write letters."""
_IN_STYLE: Final = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_TAG: Final = re.compile(r"</?([a-zA-Z][^\s<>/]*+)[^<>]*>")
_NO_TEXT: Final = frozenset({"class", "id", "type", "rel"})
"""Attributes that are read by nobody."""


def faces(text: str, place: str = TEXT, depth: int = DEEPEST) -> Iterator[Face]:
    """Yield the words of a text, be it plain, HTML, XML or JSON; those that can't stand in one sentence apart."""
    if depth and text.lstrip()[:1] in {"{", "["}:
        data = _json(text)
        if data is not None:
            yield from _of_json(data, place, depth - 1)
            return
    if "<" in text and depth:
        yield from _of_markup(text.replace("<![CDATA[", " ").replace("]]>", " "), place, depth - 1)
    elif depth and (plain := _decoded(text)) != text:
        yield from faces(plain, place, depth - 1)
    elif words := words_of(text):
        yield place, words


def _of_markup(text: str, place: str, depth: int) -> Iterator[Face]:
    for comment in _COMMENT.findall(text):
        yield from faces(comment, f"{place}, comment", depth)
    seen: list[str] = []
    tag, kind_of_script = "", ""
    for kind, word, attributes in pieces(text):
        if kind == "start":
            tag, kind_of_script = word, (attributes or {}).get("type", "")
            yield from _of_attributes(tag, attributes or {}, depth)
        elif kind == "end":
            tag = ""
        elif tag in {"script", "style"}:
            yield from _of_script(word, kind_of_script or tag, depth)
            continue
        elif _is_encoded(word):  # escaped markup, as feeds have it
            yield from faces(word, place, depth)
        seen.append(word if kind == "text" else " " * (word not in INLINE))
    if words := words_of("".join(seen)):
        yield place, words


def _of_attributes(tag: str, attributes: Attributes, depth: int) -> Iterator[Face]:
    about = attributes.get("property") or attributes.get("name") or ""
    for name, value in attributes.items():
        if value and name not in _NO_TEXT:
            place = f"{tag} {about}" if tag == "meta" and about else f"{tag} {name}"
            read = _of_script if name.startswith("on") or name == "style" else faces
            yield from read(value, place, depth)


def _of_script(text: str, kind: str, depth: int) -> Iterator[Face]:
    data = _json(text) if "json" in kind else None
    if data is not None:
        yield from _of_json(data, kind, depth)
        return
    plain = _IN_STYLE.sub(_letter, text) if kind.endswith("style") else _ESCAPED.sub(_letter, text)
    for said in dict.fromkeys((plain, _without_tags(plain))):
        if words := words_of(said):
            yield kind, words
    if depth and plain != text and "\\" in plain:  # JSON in a string
        yield from _of_script(plain, kind, depth - 1)


def _of_json(data: Any, place: str, depth: int) -> Iterator[Face]:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield from faces(one, place, depth)
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one if not all(isinstance(word, str) for word in one) else [" ".join(one)]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_encoded(text: str) -> bool:
    return ("<" in text and ">" in text) or "&" in text or "\\" in text


def _decoded(text: str) -> str:
    """Return a text without one coat: that of addresses, of HTML, or of scripts and JSON."""
    if "%" in text and (plain := unquote_plus(text)) != text:
        return plain
    return _ESCAPED.sub(_letter, unescape(text))


def _without_tags(code: str) -> str:
    """Return code without the tags that stand in its strings, however little else of it is HTML."""
    return _TAG.sub(_gap, unescape(_TAG.sub(_gap, code)))


def _gap(found: re.Match[str]) -> str:
    return " " * (found[1].lower() not in INLINE)


def _letter(found: re.Match[str]) -> str:
    """Return what an escape stands for; a blank for the end of a line, and for what is no letter."""
    code = next(filter(None, found.groups()), " ")
    if not all(one in hexdigits for one in code):
        return code
    number = int(code, 16)
    return chr(number) if number <= maxunicode else " "
