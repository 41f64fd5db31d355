"""A title in lines: as large as its room allows, broken where a reader would break it, the lines of one length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from smo_kit.core.text import ELLIPSIS, graphemes
from smo_kit.meta.fonts import runs
from smo_kit.meta.typeset import width_of

MEASURE: Final = 100
"""Pixels: words are measured once at this size; other sizes are in proportion."""
LINE_HEIGHT: Final = 1.14
TALL_LINE_HEIGHT: Final = 1.38
"""Of scripts that build upwards and downwards: Arabic, the scripts of India, Thai and its neighbours."""
BREAKING: Final = 0.5
"""Of the largest size: where a word still is too long for a line, it is broken rather than made smaller."""
STEPS: Final = 2
"""Pixels between two sizes that are tried."""

# A word with the space behind it, or one letter of a script that breaks anywhere, with what must not begin a line
# behind it and what must not end one before it.
# Thai and Lao have no spaces between words; a vowel that is written first begins a syllable.
_PIECES: Final = regex.compile(
    r"[\p{Ps}\p{Pi}]*(?:[\p{Han}\p{Hiragana}\p{Katakana}]\p{M}*[\p{Po}\p{Pe}\p{Pf}ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
    r"|[เแโใไເແໂໃໄ]*(?:(?![\p{Ps}\p{Pi}]+[\p{Han}\p{Hiragana}\p{Katakana}])"
    r"[^\s\p{Han}\p{Hiragana}\p{Katakana}เแโใไເແໂໃໄ])+|[เแโใไເແໂໃໄ]+)\s*"
)
_TALL: Final = regex.compile(
    r"[\p{Arabic}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}"
    r"\p{Sinhala}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text at one size in pixels."""

    lines: tuple[str, ...]
    size: int
    step: int
    """Pixels from one line to the next."""

    @property
    def height(self) -> int:
        """Pixels from the top of the first line to the bottom of the last."""
        return self.step * len(self.lines)


def line_height(text: str) -> float:
    """Return the height of a line of this text, as a part of its size."""
    return TALL_LINE_HEIGHT if _TALL.search(text) else LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    width: float
    """At MEASURE, without the space behind it."""
    whole: float


def fit(text: str, width: int, height: int, *, largest: int, smallest: int) -> Block:
    """Return the text as large as fits into a box; at the smallest size the last line is cut with "…"."""
    words = _words(text)
    high = line_height(text)
    for size in range(largest, smallest - 1, -STEPS):
        room = width * MEASURE / size
        if any(word.width > room for word in words) and size > max(smallest, largest * BREAKING):
            continue
        lines = _lines(_divided(words, room), room)
        step = round(size * high)
        if len(lines) * step <= height:
            return Block(_balanced(lines, room), size, step)
    step = round(smallest * high)
    most = max(height // step, 1)
    kept = [*lines[: most - 1], _shortened(lines[most - 1], width * MEASURE / smallest)]
    return Block(tuple(_text(line) for line in kept), smallest, step)


def _words(text: str) -> list[_Piece]:
    shown = "".join(piece for piece, _ in runs(text))
    return [_piece(one) for one in _PIECES.findall(" ".join(shown.split()))]


def _piece(text: str) -> _Piece:
    return _Piece(text, _measured(text.rstrip()), _measured(text))


@lru_cache(maxsize=4096)
def _measured(text: str) -> float:
    return width_of(runs(text), MEASURE)


def _divided(words: list[_Piece], room: float) -> list[_Piece]:
    """Break words that are wider than a line between letters."""
    found: list[_Piece] = []
    for word in words:
        if word.width <= room:
            found.append(word)
            continue
        part = ""
        for letter in graphemes(word.text):
            if part and _piece(part + letter).width > room:
                found.append(_piece(part))
                part = ""
            part += letter
        found.append(_piece(part))
    return found


def _lines(words: Sequence[_Piece], room: float) -> list[list[_Piece]]:
    lines: list[list[_Piece]] = [[]]
    used = 0.0
    for word in words:
        if lines[-1] and used + word.width > room:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += word.whole
    return lines


def _balanced(lines: list[list[_Piece]], room: float) -> tuple[str, ...]:
    """Make the lines as narrow as their number allows, so that none is left with one word."""
    words = [word for line in lines for word in line]
    low, high = max((word.width for word in words), default=0.0), room
    for _ in range(10):
        middle = (low + high) / 2
        if len(_lines(words, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return tuple(map(_text, _lines(words, high)))


def _shortened(line: list[_Piece], room: float) -> list[_Piece]:
    letters = graphemes(_text(line))
    while letters and _piece("".join(letters) + ELLIPSIS).width > room:
        letters.pop()
    return [_piece("".join(letters).rstrip(" ,;:.–—-") + ELLIPSIS)]


def _text(line: list[_Piece]) -> str:
    return "".join(word.text for word in line).rstrip()
