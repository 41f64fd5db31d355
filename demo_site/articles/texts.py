"""Markdown as the magazine writes it: no raw HTML, no dangerous link; tables and code scroll by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from smo_kit.core.addresses import is_web_address
from smo_kit.core.text import ELLIPSIS, cut, one_line

SECONDS: Final = 3600
EXCERPT: Final = 220
ARTICLE: Final = re.compile(r"\(article:([\w-]+)\)")
_MAIL: Final = "mailto:"
_HEADING_ID: Final = "h-"
"""What keeps the anchors of a text apart from those of the page around it."""
_ENDED: Final = re.compile(r"[.!?…。]+[\"»”')\]]*$")
_HEADING: Final = re.compile(r"^#+ [^\n]*$", re.MULTILINE)
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_MARKS: Final = re.compile(r"[*`|]|(?<!\w)_|_(?!\w)|^[#>\s]+|```.*?```|!?\[|\]\([^)\n]*\)|\]", re.DOTALL | re.MULTILINE)


def keys_in(text: str) -> set[str]:
    """Return the keys of the articles that a text links to as ``[…](article:key)``."""
    return set(ARTICLE.findall(text))


def excerpt(text: str, title: str = "") -> str:
    """Return how a text begins, in plain words, without its headings and without a sentence that is its title."""
    beginning = _HEADING.sub("", text[: EXCERPT * 20])
    first, *others = *paragraphs(beginning), ""
    return cut(" ".join([_without(first, title), *others]).strip(), EXCERPT)


def _without(paragraph: str, title: str) -> str:
    """Return a paragraph without the title that it begins with; a title that was cut is continued."""
    if title.endswith(ELLIPSIS) and paragraph.startswith(title.removesuffix(ELLIPSIS)):
        return paragraph.replace(title.removesuffix(ELLIPSIS), ELLIPSIS, 1) if title != paragraph else ""
    if paragraph == title:
        return ""
    return paragraph.removeprefix(f"{title} ") if _ENDED.search(title) else paragraph


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text in plain words, each in one line."""
    return filter(None, (one_line(_MARKS.sub("", one)) for one in _PARAGRAPH.split(text)))


def to_html(text: str, addresses: Mapping[str, str] | None = None) -> SafeString:
    """Return the HTML of a text. ``addresses`` are those of articles by key; a link to another one leads nowhere."""
    linked = ARTICLE.sub(lambda match: f"({(addresses or {}).get(match[1], '')})", text)
    html = _markdown().convert(linked)
    return mark_safe(html.replace("<pre>", '<pre tabindex="0">'))  # raw HTML in the text came out as text


def cached_html(text: str, language: str, addresses: Callable[[], Mapping[str, str]]) -> SafeString:
    """Return the HTML of a text, made once an hour; ``addresses`` is asked only then."""
    key = f"articles:html:{language}:{sha256(text.encode()).hexdigest()}"
    html: str | None = cache.get(key)
    if html is None:
        html = to_html(text, addresses())
        cache.set(key, str(html), SECONDS)
    return mark_safe(html)  # made by to_html


class _House(Treeprocessor):
    """Turn what Markdown gives into what our pages want."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for position, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[position] = _scrolling(child)
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"  # the page has its own
            elif element.tag == "a":
                _mend_link(element)
            elif element.tag == "img":
                _mend_picture(element)


def _scrolling(table: Element) -> Element:
    region = Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": _("Table")})
    region.tail, table.tail = table.tail, None
    region.append(table)
    return region


def _mend_link(link: Element) -> None:
    href = link.get("href", "")
    if href.startswith(("https://", "http://")):
        link.set("rel", "noopener")
    if href.startswith("#") and not href.startswith(f"#{_HEADING_ID}"):
        link.set("href", f"#{_HEADING_ID}{href[1:]}")
    if not (href.startswith(("#", _MAIL)) or is_web_address(href)):
        link.attrib.pop("href", None)


def _mend_picture(picture: Element) -> None:
    """A page asks nothing of other hosts, so a foreign picture becomes its description."""
    if not picture.get("src", "").startswith("/") or not is_web_address(picture.get("src", "")):
        picture.tag, picture.text = "span", picture.get("alt", "")
        picture.attrib.clear()
    else:
        picture.set("loading", "lazy")


class _NoRawHtml(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_House(md), "house", 1)


def _markdown() -> Markdown:
    return Markdown(
        extensions=["fenced_code", "tables", "sane_lists", "toc", _NoRawHtml()],
        extension_configs={"toc": {"marker": "", "slugify": _anchor}},
        output_format="html",
    )


def _anchor(heading: str, separator: str) -> str:
    """Keep the letters of any script: the anchor of a Russian heading is Russian."""
    return _HEADING_ID + (separator.join(re.findall(r"\w+", heading.lower())) or "section")
