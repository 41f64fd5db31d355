"""Who speaks in a discussion, so that others can speak to them: ``@name``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from smo_kit.comments.markup import names_in
from smo_kit.comments.models import Discussion, Entry
from smo_kit.core.own_urls import own_address

MOST: Final = 200
"""The last so many comments are looked at for names."""


@dataclass(frozen=True, slots=True)
class Participants:
    """The last published comment of each name in a discussion."""

    comments: Mapping[str, int] = field(default_factory=dict)

    def in_text(self, text: str) -> list[int]:
        """Return the comments of those whom a text speaks to."""
        return names_in(text, self.comments)


def participants(discussion: Discussion, text: str) -> Participants:
    """Return who has spoken lately in a discussion; nobody for a text that speaks to nobody: then no query is made."""
    if "@" not in text:
        return Participants()
    rows = Entry.objects.published().filter(discussion=discussion).order_by("-pk")
    names = [(name, pk) for pk, name in rows.values_list("pk", "comment__user_name")[:MOST] if name]
    return Participants(dict(reversed(names)))


def mentioned(who: Participants) -> dict[str, str]:
    """Return the address of each one's comment by name, for ``markup.to_html``."""
    return {name: permalink(pk) for name, pk in who.comments.items()}


def permalink(pk: int) -> str:
    """Return the address that always leads to a comment, on whatever page it stands."""
    return own_address("smo_comments:comment", pk)
