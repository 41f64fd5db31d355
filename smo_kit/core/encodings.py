"""In which encoding a page is written, whoever says it: a mark at its beginning, its header, its meta tag."""

from __future__ import annotations

import codecs
import re
from typing import Final

HEAD_BYTES: Final = 4096
"""Where the page may say its own encoding (the HTML standard: 1024; browsers look further)."""

_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decoded(body: bytes, content_type: str) -> str:
    """Return the text of a page, in the encoding of its mark, its header or its meta tag; else UTF-8."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    said = _HEADER_CHARSET.search(content_type)
    inside = _CHARSET.search(body[:HEAD_BYTES])
    names = (said[1] if said else "", inside[1].decode("ascii", "replace") if inside else "")
    for encoding in filter(_is_text, names):
        return body.decode(encoding, "replace")
    return body.decode("utf-8", "replace")


def _is_text(name: str) -> bool:
    """Say whether this is the name of an encoding of text; Python knows others too."""
    try:
        return bool(name) and isinstance(b"x".decode(name, "replace"), str)
    except (LookupError, UnicodeError, ValueError):
        return False
