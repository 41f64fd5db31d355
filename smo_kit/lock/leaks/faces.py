"""The faces of what leaves the site: the text that a reader sees, and all that a machine reads of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_plus

from smo_kit.core.scan import Attributes, pieces
from smo_kit.lock.leaks.words import INLINE, words_of

Face: TypeAlias = tuple[str, list[str]]
"""Where in a text words stand, such as ``text``, ``meta description``, ``img alt``; and the words."""

DEEPEST: Final = 4
"""Texts within texts: HTML in JSON in a script, HTML in a feed."""
TEXT: Final = "text"

_COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\[nrt]")


def faces(text: str, place: str = TEXT, depth: int = DEEPEST) -> Iterator[Face]:
    """Yield the words of a text, be it plain, HTML, XML or JSON; those that can't stand in one sentence apart."""
    if depth and text.lstrip()[:1] in {"{", "["}:
        data = _json(text)
        if data is not None:
            yield from _of_json(data, place, depth - 1)
            return
    if "<" in text and depth:
        yield from _of_markup(text.replace("<![CDATA[", " ").replace("]]>", " "), place, depth - 1)
    elif words := words_of(unquote_plus(text) if "%" in text else text):
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
        elif "<" in word and ">" in word:  # escaped markup, as feeds have it
            yield from faces(word, place, depth)
        seen.append(word if kind == "text" else " " * (word not in INLINE))
    if words := words_of("".join(seen)):
        yield place, words


def _of_attributes(tag: str, attributes: Attributes, depth: int) -> Iterator[Face]:
    about = attributes.get("property") or attributes.get("name") or ""
    for name, value in attributes.items():
        if value and name not in {"class", "id", "type", "rel", "style"}:
            place = f"{tag} {about}" if tag == "meta" and about else f"{tag} {name}"
            yield from faces(value, place, depth)


def _of_script(text: str, kind: str, depth: int) -> Iterator[Face]:
    data = _json(text) if "json" in kind else None
    if data is not None:
        yield from _of_json(data, kind, depth)
    elif words := words_of(_ESCAPED.sub(_letter, text)):
        yield kind, words


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


def _letter(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else " "
