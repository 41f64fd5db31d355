"""Pictures in a piece of HTML, each with the buttons that share it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from django.http import HttpRequest

from smo_kit.core.addresses import absolute, is_web_address
from smo_kit.share.quotes import Part

SMALL: Final = 200
"""Pixels of width under which a picture is an ornament."""
_PIECES: Final = re.compile(
    r"<!--.*?-->|<a\b.*?</a\s*>|<p\b[^>]*>\s*(?P<alone><img\b[^>]*>)\s*</p\s*>|<p\b.*?</p\s*>|<img\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""Buttons may not stand inside a paragraph: one that is a picture alone becomes a figure."""
_ATTRIBUTE: Final = re.compile(r"""\s(src|alt|width)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def with_buttons(html: str, buttons: Callable[[Part], str], request: HttpRequest | None) -> str:
    """Return the HTML with ``buttons(picture)`` after each picture that is worth it."""

    def beside(match: re.Match[str]) -> str:
        alone = match["alone"]
        part = _pictured(alone or match[0], request)
        if part is None:
            return match[0]
        return f'<figure class="smo-pictured">{alone}{buttons(part)}</figure>' if alone else match[0] + buttons(part)

    return _PIECES.sub(beside, html)


def _pictured(html: str, request: HttpRequest | None) -> Part | None:
    """Return the picture that a piece of HTML is, or None."""
    if not html[:4].lower().startswith("<img"):
        return None
    said = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(html)}
    source, width = said.get("src", "").strip(), said.get("width", "")
    if not source or not is_web_address(source) or (width.isdecimal() and int(width[:6]) < SMALL):
        return None
    return Part(picture=absolute(source, request), words=said.get("alt", ""))
