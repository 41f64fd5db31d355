"""Splits HTML into tags and text in time proportional to its length, in whatever state it is.

Not ``html.parser``: on the Pythons that we support it may need hours for two megabytes of "<a <a <a" (CVE-2025-6069).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from html import unescape
from typing import Final, TypeAlias

Attributes: TypeAlias = dict[str, str]
Piece: TypeAlias = tuple[str, str, Attributes | None]
"""("start", name, attributes), ("end", name, None) or ("text", text, None); names in lower case, values unescaped."""

RAW: Final = {"script", "style", "textarea", "title", "xmp", "iframe"}
"""What stands in these is text up to their end tag (HTML Standard, 13.2.5)."""

_NAME: Final = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE: Final = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
_WORD: Final = re.compile(r"[^\s,]\S*")
_GAP: Final = re.compile(r"[\s/]*")
_RAW_ENDS: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


def pieces(html: str) -> Iterator[Piece]:
    """Yield the tags and texts of a page; a tag or comment that never ends swallows the rest, as in a browser."""
    here = 0
    while (there := html.find("<", here)) >= 0:
        if there > here:
            yield "text", _plain(html[here:there]), None
        sign = html[there + 1 : there + 2]
        if sign in {"!", "?"}:
            here = _after(html, "-->", there + 2) if html.startswith("<!--", there) else _after(html, ">", there)
        elif sign == "/":
            name = _NAME.match(html, there + 2)
            here = _after(html, ">", there)
            if name and here:
                yield "end", name[0].lower(), None
        elif name := _NAME.match(html, there + 1):
            given, here = _attributes(html, name.end())
            if here:
                yield "start", name[0].lower(), given
                here = yield from _raw(html, name[0].lower(), here)
        else:
            yield "text", "<", None
            here = there + 1
        if not here:
            return
    if here < len(html):
        yield "text", _plain(html[here:]), None


def candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses in a ``srcset`` (HTML Standard, 4.8.4.2.1): a comma ends one only before a blank."""
    here = 0
    while here >= 0 and (word := _WORD.search(srcset, here)):
        url = word[0].rstrip(",")
        yield url
        here = word.end() if url != word[0] else srcset.find(",", word.end())


def _attributes(html: str, here: int) -> tuple[Attributes, int]:
    """Return the attributes of a tag, and where it ends; 0 if it does not."""
    found: Attributes = {}
    while attribute := _ATTRIBUTE.match(html, here):
        value = attribute[2] or ""
        if value[:1] in {'"', "'"} and len(value) > 1 and value[-1] == value[0]:
            value = value[1:-1]
        found.setdefault(attribute[1].lower(), _plain(value))
        here = attribute.end()
    gap = _GAP.match(html, here)
    end = gap.end() if gap else here
    return found, end + 1 if html.startswith(">", end) else 0


def _raw(html: str, name: str, here: int) -> Generator[Piece, None, int]:
    """Yield what stands in an element that holds no tags; return where it goes on: 0 at the end of the page."""
    if name not in RAW:
        return here
    end = _RAW_ENDS[name].search(html, here)
    text = html[here : end.start() if end else len(html)]
    yield "text", text if name in {"script", "style"} else _plain(text), None
    yield "end", name, None
    return _after(html, ">", end.start()) if end else 0


def _after(html: str, sign: str, here: int) -> int:
    """Return the place behind the next sign; 0 if there is none."""
    found = html.find(sign, here)
    return found + len(sign) if found >= 0 else 0


def _plain(text: str) -> str:
    return unescape(text) if "&" in text else text
