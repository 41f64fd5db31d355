"""Words of a text as they are compared: whatever its case, spelling of letters, hyphens and markup."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import regex

from smo_kit.core.scan import Attributes, pieces

INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
"""A word goes on over these tags; all others end it."""
SILENT: Final = frozenset(["button", "noscript", "script", "select", "style", "svg", "template", "textarea", "title"])
"""What stands in these is no text of the page's own."""
VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
PUBLIC: Final = "data-smo-public"
"""An owner's mark on what is behind a lock, and in public on purpose: the lead of a whole page."""
FRAMES: Final = frozenset({"html", "body", "main"})
OURS: Final = "smo-"

_DENSE: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD: Final = regex.compile(rf"[{_DENSE}]\p{{M}}*|[[\p{{L}}\p{{N}}\p{{M}}]--[{_DENSE}]]+", regex.V1)
"""Where a script has no spaces, each letter is a word."""
_UNSEEN: Final = regex.compile(r"\p{Cf}")
_MAIN: Final = re.compile(r"<(main|article)(?=[\s>])", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Return the words of a plain text in the form in which they are compared."""
    return list(_WORD.findall(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()))


def visible(html: str) -> str:
    """Return what a reader sees of a piece of HTML, but for the suite's own blocks and what is marked as public."""
    seen: list[str] = []
    skipped, depth = "", 0
    for kind, word, attributes in pieces(html):
        if skipped:
            depth += (kind == "start" and word == skipped) - (kind == "end" and word == skipped)
            skipped = skipped if depth else ""
        elif kind == "text":
            seen.append(word)
        elif kind == "start" and _is_no_text(word, attributes or {}):
            skipped, depth = word, 1
        elif word not in INLINE:
            seen.append(" ")
    return "".join(seen)


def main_of(html: str) -> str:
    """Return the part of a page that is its own: its main part or article; all of it where it has neither."""
    start = _MAIN.search(html)
    if start is None:
        return html
    end = html.lower().rfind(f"</{start[1].lower()}")
    return html[start.start() : end if end > start.start() else len(html)]


def _is_no_text(tag: str, attributes: Attributes) -> bool:
    is_ours = tag not in FRAMES and any(one.startswith(OURS) for one in attributes.get("class", "").split())
    return tag not in VOID and (tag in SILENT or is_ours or PUBLIC in attributes)
