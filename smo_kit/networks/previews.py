"""The words in which a network's link preview is described: which tags it reads, what it shows of them, how it looks.

A field is named as it stands in a page: ``og:title`` is a meta tag (``property``, ``name`` or ``itemprop``),
``<title>`` an element, ``link:image_src`` a link, ``ld:headline`` a property of a NewsArticle or WebPage in JSON-LD
that stands by itself (not in a ``@graph``), ``host`` the page's host.
The first field of a list that is there and says something wins.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

Layout = Literal[
    "caption", "tile", "quote", "bubble", "shelf", "overlay", "plate", "frame", "entry", "embed"
]  # one template each: a name of what it looks like

STILL: Final = ("JPEG", "PNG", "WEBP", "GIF")
"""What most networks show; of a GIF the first frame."""

ABOUT_1_MB: Final = 1_048_576


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a text is shown."""

    letters: int = 0
    """The most graphemes that the network keeps; 0: all."""
    lines: int = 0
    """The most lines that are seen; 0: all."""
    columns: int = 0
    """Average Latin letters that one of those lines holds on a phone; a wide letter (CJK, emoji) takes two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRules:
    """What a network wants of a picture. Sizes are (width, height) in pixels."""

    smallest: tuple[int, int]
    """A smaller one is not shown."""
    large: tuple[int, int]
    """From this size on it stands above the words over the whole width; a smaller one is a thumbnail beside them."""
    weight: int
    """Bytes: a heavier one is not shown."""
    formats: tuple[str, ...] = STILL
    """Names of Pillow."""
    ratio: float = 1200 / 630
    """Width to height of the large frame, into which the picture is cut."""
    widest: float = 0.0
    """Width to height: a wider one is not shown; 0: any is."""
    large_card: bool = False
    """It is large only in a page with ``twitter:card`` of ``summary_large_image``."""
    beside: float = 0.7
    """Which part of a line is left for words beside a thumbnail."""
    large_when_wide: bool = False
    """It is large when it is wider than high, whatever its size."""


@dataclass(frozen=True, slots=True)
class Colours:
    """``#rrggbb`` each."""

    page: str
    """What the post stands on."""
    card: str
    """The post or the message."""
    inner: str
    """What the words of the preview stand on."""
    text: str
    quiet: str
    line: str
    accent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRules:
    """What a network's preview of a link shows."""

    as_of: dt.date
    """When it was looked up."""
    source: str
    """Where it was looked up, and what of it is not confirmed."""
    layout: Layout
    agent: str
    """A User-Agent with which the crawler asks for a page."""
    reads: int
    """Bytes of the page that it reads."""
    title: tuple[str, ...]
    picture: tuple[str, ...]
    pictures: PictureRules
    light: Colours
    dark: Colours
    title_cut: Cut
    description: tuple[str, ...] = ()
    """Empty: no description is shown."""
    description_cut: Cut = Cut()
    description_cut_large: Cut | None = None
    """The same under a large picture, where it differs."""
    description_when: Literal["always", "small", "short title"] = "always"
    """With a thumbnail or no picture only; or only when the title takes one line."""
    lines: int = 0
    """The most lines of site, title and description together; 0: as each says."""
    site: tuple[str, ...] = ("host",)
    author: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Without one of these fields there is no preview, only the bare link."""
    robots: str = ""
    """The name that it obeys in robots.txt; "": it fetches what a person shares, whatever that file says."""
    canonical: bool = False
    """It shows the page that ``og:url`` names instead of the one that was shared."""
