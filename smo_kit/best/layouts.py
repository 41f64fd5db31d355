"""What a block shows of each page, by its layout; where it stands is said by ``best.css``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from smo_kit.best.conf import Layout

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BLOCK_LENGTH: Final = 16
"""Letters that the name of a block has room for."""
RELATED: Final = "related"
BEST: Final = "best"


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
    label: str | _StrPromise
    """In the admin."""


PARTS: Final[dict[Layout, Parts]] = {
    "list": Parts(label=pgettext_lazy("layout", "list"), picture=True, summary=True),
    "cards": Parts(label=pgettext_lazy("layout", "cards"), picture=True, summary=True),
    "compact": Parts(label=pgettext_lazy("layout", "titles alone")),
    "next": Parts(label=pgettext_lazy("layout", "strip"), picture=True, leads=True),
    "announcements": Parts(label=pgettext_lazy("layout", "announcements"), summary=True, date=True, short="news"),
}


def block_name(what: str, layout: Layout) -> str:
    """Return the name that clicks are counted by: ``related:next``, ``best:news``."""
    return f"{what}:{PARTS[layout].short or layout}"


def block_label(name: str) -> str:
    """Return the name of a block as an editor reads it: ``Read next: strip``. One that no block has now is as it is."""
    what, _between, short = name.partition(":")
    labels = {RELATED: _("Read next"), BEST: _("Best materials")}
    layout = next((parts.label for key, parts in PARTS.items() if short == (parts.short or key)), None)
    return f"{labels[what]}: {layout}" if what in labels and layout else name
