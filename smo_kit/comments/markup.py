"""A comment's text as HTML: a subset of Markdown, made and sanitised once, when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import nh3
import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from smo_kit.core.text import clean

RULES: Final = (
    *("paragraph", "fence", "blockquote", "list", "normalize", "block", "inline", "linkify", "text_join"),
    *("text", "newline", "escape", "backticks", "emphasis", "link", "autolink", "entity", "balance_pairs"),
    *("strikethrough", "fragments_join"),
)
TAGS: Final = {"p", "br", "strong", "em", "s", "a", "code", "pre", "blockquote", "ul", "ol", "li"}
ATTRIBUTES: Final = {"a": {"href", "class"}}
SCHEMES: Final = {"http", "https"}
FOREIGN: Final = "ugc nofollow noopener"
"""What search engines are told of links that readers write (Google's "Qualify outbound links")."""
MARKS: Final = 4
"""Accents that a letter may wear, more than any language needs: the others are piled up to break a page."""
MENTION: Final = "smo-mention"

_PILE: Final = regex.compile(rf"(\p{{M}}{{{MARKS}}})\p{{M}}+")
_BLANK: Final = regex.compile(r"[\s\p{Cf}\u115f\u1160\u2800\u3164\uffa0]*")
_ASTRAY: Final = regex.compile(r"(?i)//|https?:(?!//)")
_NAME_GOES_ON: Final = regex.compile(r"[\p{L}\p{N}_]")


def tidy(text: object) -> str:
    """Return a text without control characters, marks that turn its direction, and towers of accents."""
    without_piles: str = _PILE.sub(r"\1", clean(str(text or "").replace("\r\n", "\n").replace("\r", "\n")))
    return without_piles.strip()


def is_blank(text: str) -> bool:
    """Say whether a reader would see nothing of it."""
    return _BLANK.fullmatch(text) is not None


def to_html(text: str, mentions: Mapping[str, str] | None = None) -> str:
    """Return the HTML of a comment. ``mentions`` has an address for each name that may be spoken to as ``@name``."""
    markdown = _markdown()
    tokens = markdown.parse(text)
    if mentions:
        by_length = dict(sorted(mentions.items(), key=lambda one: -len(one[0])))
        for token in tokens:
            token.children = _mentioning(token.children or [], by_length)
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=FOREIGN, allowed_classes=None
    ).strip()


def names_in(text: str, names: Mapping[str, int]) -> list[int]:
    """Return what stands in ``names`` for each name that the text speaks to as ``@name``."""
    if "@" not in text:
        return []
    found = (_name_at(text, at + 1, names) for at, letter in enumerate(text) if letter == "@")
    return list(dict.fromkeys(names[name] for name in found if name))


def _mentioning(children: list[Token], mentions: Mapping[str, str]) -> list[Token]:
    done: list[Token] = []
    depth = 0
    for child in children:
        depth += child.nesting if child.type.startswith("link") else 0
        done += _split(child.content, mentions) if child.type == "text" and not depth else [child]
    return done


def _split(text: str, mentions: Mapping[str, str]) -> list[Token]:
    tokens: list[Token] = []
    start = 0
    while (at := text.find("@", start)) >= 0:
        name = _name_at(text, at + 1, mentions)
        end = at + 1 + len(name)
        tokens.append(_text(text[start : at if name else end]))
        if name:
            tokens += [_link(mentions[name]), _text(text[at:end]), Token("link_close", "a", -1)]
        start = end
    return [*tokens, _text(text[start:])]


def _name_at(text: str, start: int, names: Mapping[str, object]) -> str:
    fitting = (name for name in names if text.startswith(name, start))
    return next((name for name in fitting if not _NAME_GOES_ON.match(text, start + len(name))), "")


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(href: str) -> Token:
    return Token("link_open", "a", 1, attrs={"href": href, "class": MENTION})


@cache
def _markdown() -> MarkdownIt:
    markdown = _Markdown("zero", {"html": False, "linkify": True, "breaks": True, "maxNesting": 12})
    return markdown.enable(RULES, ignoreInvalid=True)


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Refuse ``//host`` and ``http:host``: they lead to other sites, and who counts links doesn't see them."""
        return not _ASTRAY.match(url) and super().validateLink(url)
