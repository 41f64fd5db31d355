"""Lines of text of many scripts on a picture: fonts, directions and emoji in their right places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import regex
from PIL import Image, ImageDraw, ImageFont

from smo_kit.meta.bidi import levels, visual
from smo_kit.meta.colours import Colour
from smo_kit.meta.fonts import BOLD, Font, emoji_file, load, runs, strike

Piece: TypeAlias = tuple[str, str]
"""Letters and the font file that draws them."""

# What turns or hides letters and is not seen itself; emoji and many scripts need joiners and tags.
_CONTROLS: Final = regex.compile(
    r"(?V1)[[\p{Cf}&&\p{Default_Ignorable_Code_Point}]--[\u200c\u200d\U000e0020-\U000e007f]]|[\p{Cc}--\s]"
)
_TOWERS: Final = regex.compile(r"((?:\p{M}[\u200c\u200d]*+){4})[\p{M}\u200c\u200d]+")


@dataclass(frozen=True, slots=True)
class Emoji:
    """A coloured picture of one or more emoji at a size."""

    image: Image.Image
    width: float
    above: int
    """Pixels between its upper edge and the line that letters stand on."""


def tamed(text: str) -> str:
    """Return a text that is drawn as it is read: no controls of direction, no more than four marks on a letter."""
    return str(_TOWERS.sub(r"\1", _CONTROLS.sub("", text)))


def pieces_of(line: str, base: int) -> list[tuple[Piece, int]]:
    """Return a line in pieces of one font and one direction, with their levels, as they are seen from left to right."""
    shown = "".join(text for text, _ in runs(line))
    level = levels(shown, base)
    found: list[tuple[Piece, int]] = []
    place = 0
    for text, path in runs(line):
        begin = 0
        for end in range(1, len(text) + 1):
            if end == len(text) or level[place + end] != level[place + begin]:
                found.append(((text[begin:end], path), level[place + begin]))
                begin = end
        place += len(text)
    return visual(found)


def width_of(pieces: Sequence[Piece], size: int, weight: int = BOLD) -> float:
    """Return the width in pixels of pieces of text, whatever their order."""
    return sum(_width(text, path, size, weight) for text, path in pieces)


@dataclass(frozen=True, slots=True)
class Ink:
    """How letters are written. ``base`` is 1 for a paragraph from right to left, ``language`` picks their shapes."""

    size: int
    colour: Colour
    weight: int = BOLD
    base: int = 0
    language: str = ""


def draw_line(image: Image.Image, line: str, at: tuple[float, float], ink: Ink) -> None:
    """Draw a line whose left end stands at ``at``, on that baseline."""
    pen = ImageDraw.Draw(image)
    x, y = at
    for (text, path), level in pieces_of(line, ink.base):
        if path and path == emoji_file():
            emoji = _emoji(text, path, ink.size)
            image.paste(emoji.image, (round(x), round(y) - emoji.above), emoji.image)
            x += emoji.width
        elif font := load(path, ink.size, weight=ink.weight):
            _write(pen, (x, y), text, font, ink, level)
            x += _width(text, path, ink.size, ink.weight)


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, font: Font, ink: Ink, level: int) -> None:
    if font.layout_engine == ImageFont.Layout.RAQM:
        direction = "rtl" if level % 2 else "ltr"
        pen.text(at, text, fill=ink.colour, font=font, anchor="ls", direction=direction, language=ink.language or None)
    else:
        pen.text(at, text, fill=ink.colour, font=font, anchor="ls")


@lru_cache(maxsize=256)
def _width(text: str, path: str, size: int, weight: int) -> float:
    if path and path == emoji_file():
        return _emoji(text, path, size).width
    font = load(path, size, weight=weight)
    return font.getlength(text) if font else 0.0


@lru_cache(maxsize=128)
def _emoji(text: str, path: str, size: int) -> Emoji:
    """Return emoji drawn at the one size that their font has, and scaled."""
    own = strike(path)
    font = ImageFont.truetype(path, own)
    _, top, right, bottom = (round(one) for one in font.getbbox(text, anchor="ls"))
    length = font.getlength(text)
    sheet = Image.new("RGBA", (max(right, round(length), 1), max(bottom - top, 1)))
    ImageDraw.Draw(sheet).text((0, -top), text, font=font, anchor="ls", embedded_color=True)
    scale = size / own
    wide, high = (max(round(side * scale), 1) for side in sheet.size)
    small = sheet.resize((wide, high), Image.Resampling.BOX)
    return Emoji(small, length * scale, round(-top * scale))
