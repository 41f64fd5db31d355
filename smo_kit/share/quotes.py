"""What is said of a page when a part of it is shared: a quote, or a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote as percent

from django.utils.translation import gettext as _

from smo_kit.networks.network import ShareLink

MOST: Final = 600
"""The longest fragment, percent-encoded: longer ones are cut by messengers, and the page is then opened at its top."""
_ENDS: Final = re.compile(r"((?:\S+[^\S\n]?){0,4}).*?((?:\S+[^\S\n]?){0,4})", re.DOTALL)
"""How a text begins and ends: up to four words of its first line, and of its last; ``pick.js`` says the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a page is shared. Nothing in it: the page itself."""

    quote: str = ""
    """Plain text; a line for each block of the page that it runs through."""
    author: str = ""
    """Who said it; "": nobody is named."""
    picture: str = ""
    """Absolute address of one picture."""
    words: str = ""
    """What is said of the picture; "": the page's title."""
    fragment: str = ""
    """The text fragment, when it is not made from the quote."""

    @property
    def template(self) -> str:
        """What a post says: ``{title}`` stands for the quote, which is cut where a network has a limit."""
        marked = _("“%(quote)s”") % {"quote": "{title}"}
        return f"{marked} — {{author}}" if self.author else marked

    def address(self, url: str, link: ShareLink | None = None) -> str:
        """Return the address that leads to the quote itself, or that of the page where there is no room for it."""
        whole = with_fragment(url, self.fragment or fragment_of(self.quote))
        has_room = not (link and link.limit and link.counts_address) or len(whole) * 2 <= link.limit
        return whole if has_room else url


WHOLE: Final = Part()


def fragment_of(text: str) -> str:
    """Return what stands after ``#:~:text=`` for a text (WICG Scroll To Text Fragment); "" if there is no room.

    A text of more than four words, or of several lines, is named by how it begins and ends: a browser looks for each
    of the two inside one block of the page.
    """
    lines = (" ".join(line.split()) for line in text.split("\n"))
    match = _ENDS.fullmatch("\n".join(filter(None, lines)))
    ends = [_encoded(end.strip()) for end in (match.groups() if match else ()) if end]
    found = ",".join(ends)
    return found if len(found) <= MOST else ""


def with_fragment(url: str, fragment: str) -> str:
    """Return an address that makes a browser scroll to a text and mark it."""
    if not fragment:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def _encoded(text: str) -> str:
    """Also the hyphen, which is a sign of the syntax, as comma and ampersand are."""
    return percent(text, safe="", errors="replace").replace("-", "%2D")
