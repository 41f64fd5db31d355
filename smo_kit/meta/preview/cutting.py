"""Where a network cuts a text: after so many letters, or where its lines end."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from smo_kit.core.text import ELLIPSIS, graphemes
from smo_kit.networks.previews import Cut

WIDER: Final = 1.12
"""Columns of an average letter of Greek, Cyrillic and Armenian, in the fonts of phones."""
WIDER_FROM, WIDER_TO = "\u0370", "\u058f"


@dataclass(frozen=True, slots=True)
class Words:
    """A text as a network shows it."""

    shown: str = ""
    """What is seen, with "…" where it is cut."""
    rest: str = ""
    """What is not seen any more."""
    field: str = ""
    """The field of the page that it comes from."""
    lines: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether something of it is not seen."""
        return bool(self.rest)


def cut_words(text: str, cut: Cut, field: str = "", *, lines: int | None = None) -> Words:
    """Return what is seen of a text; ``lines`` may allow fewer lines than the network's rule."""
    letters = graphemes(text)
    end = len(letters)
    if cut.letters and end > cut.letters:
        end = cut.letters
    lines = cut.lines if lines is None else min(lines, cut.lines or lines)
    filled = 1
    if cut.columns:
        fits, filled = _fitting(letters[:end], cut.columns, lines)
        end = min(end, fits)
    if end >= len(letters):
        return Words(text, "", field, filled if text else 0)
    shown = "".join(letters[: max(end - 1, 0)]).rstrip(" ,;:.–—-")
    return Words(shown + ELLIPSIS, "".join(letters)[len(shown) :].lstrip(), field, filled)


def width(letter: str) -> float:
    """Return the columns that a grapheme takes: 2 for CJK and emoji, somewhat more than one for wider alphabets."""
    if any(unicodedata.east_asian_width(one) in "WF" for one in letter):
        return 2
    return WIDER if WIDER_FROM <= letter[0] <= WIDER_TO else 1


def _fitting(letters: list[str], columns: int, lines: int) -> tuple[int, int]:
    """Return how many of the graphemes fit into the lines (0: any number), broken between words, and the lines used."""
    line, space = 1, -1
    used: float = 0
    for place, letter in enumerate(letters):
        size = width(letter)
        if letter.isspace():
            space = place
        used += size
        if used <= columns:
            continue
        if letter.isspace():  # a space at the end of a line takes no room
            continue
        if lines and line >= lines:
            return place, line
        line += 1
        used = sum(map(width, letters[space + 1 : place + 1])) if place - space <= columns and space >= 0 else size
    return len(letters), line
