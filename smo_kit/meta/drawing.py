"""The card image: a title, the site's name and a bar of its colour on 1200×630 pixels."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Final

from PIL import Image, ImageColor, ImageDraw, features

from smo_kit.meta.fonts import load, runs
from smo_kit.meta.layout import LINE_HEIGHT, fit, width_of
from smo_kit.meta.recipes import SIZE, Recipe

Colour = tuple[int, int, int]

HEAVIEST: Final = 300_000
"""Bytes: WhatsApp drops the pictures of heavier previews."""

_MARGIN: Final = 80
_BAR: Final = (128, 14)
_TITLE_TOP: Final = 134
_TITLE_HEIGHT: Final = 340
_RULE: Final = 508
_SITE: Final = 564
_TITLE_SIZES: Final = (104, 46)
_SITE_SIZES: Final = (36, 24)
_QUALITIES: Final = (88, 82, 76, 70, 60, 50, 40, 30, 20, 10)


def draw(recipe: Recipe) -> bytes:
    """Return the card image as a baseline JPEG of less than 300 kB."""
    back, text, accent = (_rgb(colour) for colour in (recipe.background, recipe.text, recipe.accent))
    image = Image.new("RGB", SIZE, back)
    pen = ImageDraw.Draw(image)
    width = SIZE[0]
    words = recipe.title if _can_be_read(recipe.title) else recipe.site
    right_to_left = _is_right_to_left(words)
    _bar(pen, accent, right_to_left)
    room = width - 2 * _MARGIN
    title = fit(words, room, _TITLE_HEIGHT, largest=_TITLE_SIZES[0], smallest=_TITLE_SIZES[1])
    step = round(title.size * LINE_HEIGHT)
    first = _TITLE_TOP + (_TITLE_HEIGHT - step * len(title.lines)) // 2 + round(title.size * 0.9)
    for place, line in enumerate(title.lines):
        _line(pen, line, first + place * step, title.size, text, right_to_left)
    if recipe.site != words:
        site = fit(recipe.site, room, 60, largest=_SITE_SIZES[0], smallest=_SITE_SIZES[1])
        pen.rectangle((_MARGIN, _RULE, width - _MARGIN, _RULE + 1), fill=_mixed(text, back, 0.2))
        _line(pen, site.lines[0], _SITE, site.size, _mixed(text, back, 0.75), right_to_left)
    return _jpeg(image)


def _bar(pen: ImageDraw.ImageDraw, accent: Colour, right_to_left: bool) -> None:
    left = SIZE[0] - _MARGIN - _BAR[0] if right_to_left else _MARGIN
    pen.rounded_rectangle((left, _MARGIN, left + _BAR[0], _MARGIN + _BAR[1]), radius=_BAR[1] // 2, fill=accent)


def _line(pen: ImageDraw.ImageDraw, line: str, baseline: int, size: int, colour: Colour, right_to_left: bool) -> None:
    """Draw a line of one or more fonts from the margin where its reader begins."""
    pieces = runs(line)
    x = float(_MARGIN)
    if right_to_left:
        x = SIZE[0] - _MARGIN - width_of(pieces, size)
        pieces.reverse()
    direction = ("rtl" if right_to_left else "ltr") if features.check("raqm") else None
    for text, path in pieces:
        if font := load(path, size):
            pen.text((x, baseline), text, fill=colour, font=font, anchor="ls", direction=direction)
            x += font.getlength(text)


def _can_be_read(text: str) -> bool:
    """Say whether there are fonts for at least half of the letters: a few signs of a title tell nothing."""
    shown = sum(map(str.isalnum, "".join(piece for piece, _ in runs(text))))
    return shown > 0 and shown * 2 >= sum(map(str.isalnum, text))


def _is_right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction belongs to Arabic, Hebrew and their kin (UAX #9, P2)."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((one in {"R", "AL"} for one in directions if one in {"L", "R", "AL"}), False)


def _jpeg(image: Image.Image) -> bytes:
    """Return the picture at the best quality that is light enough. Baseline: VK shows no progressive JPEG."""
    for quality in _QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling=0 if quality > 80 else 2, progressive=False)
        if out.tell() < HEAVIEST:
            break
    return out.getvalue()


def _rgb(colour: str) -> Colour:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue
