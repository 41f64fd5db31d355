"""What a block shows of each page, by its layout; where it stands is said by ``best.css``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from smo_kit.best.conf import Layout

BLOCK_LENGTH: Final = 16
"""Letters that the name of a block has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a page that are shown beside its title."""

    picture: bool = False
    summary: bool = False
    date: bool = False
    leads: bool = False
    """Whether the first page is large, and has its summary."""
    short: str = ""
    """What the layout is called in the name of a block, which is short; "": by its own name."""


PARTS: Final[dict[Layout, Parts]] = {
    "list": Parts(picture=True, summary=True),
    "cards": Parts(picture=True, summary=True),
    "compact": Parts(),
    "next": Parts(picture=True, leads=True),
    "announcements": Parts(summary=True, date=True, short="news"),
}


def block_name(what: str, layout: Layout) -> str:
    """Return the name that clicks are counted by: ``related:next``, ``best:news``."""
    return f"{what}:{PARTS[layout].short or layout}"
