"""A card without a description is given the beginning of its text, which anybody may read too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from smo_kit.core.cards import Card, refine
from smo_kit.core.subjects import Key
from smo_kit.core.text import plain

BEGINNING: Final = 4000
"""Characters of the text, which may be HTML, that are looked at."""


@refine(200)
def with_excerpts(cards: Sequence[tuple[Key | None, Card]]) -> list[Card]:
    """Describe cards that say nothing of themselves by their text."""
    return [card if card.summary or not card.text else replace(card, summary=beginning(card.text)) for _, card in cards]


def beginning(text: str) -> str:
    """Return the first words of a text or of HTML, without a tag that is cut in two."""
    head = text[:BEGINNING]
    if len(text) > BEGINNING and head.rfind("<") > head.rfind(">"):
        head = head[: head.rfind("<")]
    return plain(head)
