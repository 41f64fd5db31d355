"""HTML of other systems as the Markdown that the suite keeps."""

from __future__ import annotations

import re
from typing import Any, Final

import nh3
from markdownify import MarkdownConverter

from smo_kit.comments.markup import ATTRIBUTES, SCHEMES, TAGS, tidy
from smo_kit.core.text import plain

KEPT: Final = TAGS | {"img", "b", "i", "del", "strike"}
"""Elements of which something is left: the others go, and their words stay."""

_LINES: Final = re.compile(r"\n{3,}")


class _Converter(MarkdownConverter):
    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        """A picture becomes a link: comments show none."""
        address = el.attrs.get("src") or ""
        return f"<{address}>" if address.startswith(("http://", "https://")) else ""


_converter: Final = _Converter(heading_style="atx", bullets="-", escape_misc=False, newline_style="backslash")


def markdown_of(html: str) -> str:
    """Return what a piece of HTML says, as Markdown; its words alone where its tags are nested beyond reason."""
    safe = nh3.clean(html, tags=KEPT, attributes={**ATTRIBUTES, "img": {"src"}}, url_schemes=SCHEMES, link_rel=None)
    try:
        text = _converter.convert(safe)
    except RecursionError:
        text = plain(safe)
    return tidy(_LINES.sub("\n\n", text))


def with_paragraphs(text: str) -> str:
    """Return a text whose lines are meant, as WordPress keeps it, as HTML: an empty line ends a paragraph."""
    if re.search(r"<(p|br)\b", text, re.IGNORECASE):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", lines)).replace("\n", "<br>")
