"""A suggestion: a page that a reader is offered, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.cards import Card
from smo_kit.core.subjects import Key

if TYPE_CHECKING:
    from smo_kit.core.models import CardRow

AUTHOR: Final = "author"
ALSO_READ: Final = "read"
TAGS: Final = "tags"
TEXT: Final = "text"
CHOSEN: Final = "chosen"
NEW: Final = "new"
TRIED: Final = "tried"
BEST: Final = "best"

SENTENCES: Final = {
    AUTHOR: _("By the same author"),
    ALSO_READ: _("Readers of this also read"),
    TAGS: _("On the same topic: %(detail)s"),
    TEXT: _("On a similar subject"),
    CHOSEN: _("Editors' choice"),
    NEW: _("New"),
    TRIED: _("You may have missed this"),
    BEST: _("Readers liked it"),
}
"""What a reader is told, by the id of the reason."""
NEW_FOR: Final = dt.timedelta(days=30)
"""So long a page is called new."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One page in a block."""

    key: Key
    card: Card
    reason: str = ""
    detail: str = ""

    @property
    def why(self) -> str:
        """What a reader is told of it; "" for nothing: an old page that fills up is not called new."""
        published = self.card.published
        if self.reason == NEW and not (published and published > timezone.now() - NEW_FOR):
            return ""
        said = SENTENCES.get(self.reason)
        return str(said) % {"detail": self.detail} if said else ""


def suggestion_of(row: CardRow, reason: str, detail: str = "") -> Suggestion:
    """Return the suggestion of a card's snapshot."""
    return Suggestion(row.key, row.as_card(), reason, detail)
