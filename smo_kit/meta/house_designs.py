"""The suite's own templates of card images."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image

from smo_kit.core.text import graphemes
from smo_kit.meta.colours import Colour, covering, is_dark, mixed, on
from smo_kit.meta.designs import design
from smo_kit.meta.layout import fit
from smo_kit.meta.sheets import Box, Sheet

_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_OPENING: Final = {"ru": "«", "uk": "«", "be": "«", "fr": "«", "es": "«", "it": "«", "el": "«", "de": "„", "pl": "„"}
"""The mark that opens a quotation, by language; all others have “."""
_GROUNDS: Final = 6
"""Backgrounds that a process keeps: about 20 MB."""
_grounds: Final[dict[tuple[str, bool, Colour], Image.Image]] = {}
_LARGEST: Final = {"wide": 104, "square": 124, "tall": 116}
_BESIDE: Final = {"wide": (500, 630), "square": (1200, 600), "tall": (1000, 780)}
"""Pixels of the picture that stands beside the words, or above them."""


@design("plain", label=_("Colour"))
def plain(sheet: Sheet) -> None:
    """Draw the title on a colour."""
    back = _ground(sheet)
    inner = sheet.inner
    _bar(sheet, inner)
    gap = 44 if sheet.is_wide else 76
    _title(sheet, inner, inner.top + 12 + gap, _signed(sheet, inner, back) - gap)


@design("photo", label=_("Title on the picture"), photo=True)
def photo(sheet: Sheet) -> None:
    """Draw the title on the page's picture, which is dark where the title stands."""
    inner = sheet.inner
    back = sheet.background
    gap = 34 if sheet.is_wide else 48
    foot = inner.bottom - sheet.signature_height(inner) - gap
    highest = inner.top + round(sheet.height * 0.24)
    room = Box(inner.left, highest, inner.right, foot)
    block = fit(
        sheet.title, room.width, room.height, largest=_largest(sheet, 80 if sheet.is_wide else 100), smallest=40
    )
    top = (foot - block.height) // 2 * 2
    share = covering(back, sheet.text, 0.80)
    if not sheet.shaded(back, top - 20, share):
        plain(sheet)
        return
    sheet.bar(Box(inner.left, top - 34, inner.left + 96, top - 24), sheet.accent)
    sheet.write(block, room, top, sheet.text)
    sheet.signature(inner, mixed(back, sheet.text, share))  # where the picture is as light as the words


@design("beside", label=_("Picture beside the title"), photo=_BESIDE)
def beside(sheet: Sheet) -> None:
    """Draw the picture beside the title; without one, its first letter on the accent colour."""
    back = sheet.background
    sheet.fill(back)
    wide, high = _BESIDE[sheet.shape]
    panel = Box(sheet.width - wide, 0, sheet.width, high)
    if sheet.photo is not None:
        sheet.picture(sheet.photo, panel)
    else:
        sheet.fill(sheet.accent, panel)
        _initial(sheet, panel, mixed(back, sheet.accent, 0.88), 0.72)
    edge = sheet.margin
    if sheet.is_wide:
        inner = Box(edge, edge, panel.left - 56, sheet.height - edge)
        sheet.fill(sheet.accent, Box(panel.left, 0, panel.left + 8, sheet.height))
    else:
        inner = Box(edge, high + 64, sheet.width - edge, sheet.height - edge)
        sheet.fill(sheet.accent, Box(0, high, sheet.width, high + 10))
    gap = 36 if sheet.is_wide else 44
    foot = inner.bottom - sheet.signature_height(inner) - gap
    largest = _largest(sheet, 76 if sheet.is_wide else 92)
    room = Box(inner.left, inner.top, inner.right, foot)
    sheet.words(sheet.title, room, sheet.text, largest=largest, smallest=36, at=0.42 if sheet.is_wide else 0.0)
    sheet.signature(inner, back)


@design("letter", label=_("Large first letter"))
def letter(sheet: Sheet) -> None:
    """Draw the title beside its first letter, large."""
    back = sheet.accent
    ink = on(back, sheet.background, sheet.text)
    sheet.fill(back)
    high = sheet.height
    left, top = (0.42, 0.0) if sheet.is_wide else (0.2, 0.32)
    room = Box(round(sheet.width * left), round(high * top), round(sheet.width * (1.2 - left / 2)), high)
    shadow = mixed(ink, back, 0.10)
    _initial(sheet, room, shadow, 1.25)
    inner = sheet.inner
    gap = 44 if sheet.is_wide else 76
    foot = inner.bottom - sheet.signature_height(inner) - gap
    title = Box(inner.left, inner.top, inner.right, foot)
    sheet.words(sheet.title, title, ink, largest=_largest(sheet, _LARGEST[sheet.shape]), smallest=40, at=0.0)
    sheet.signature(inner, shadow, ink)


@design("quote", label=_("Quotation"))
def quote(sheet: Sheet) -> None:
    """Draw the title as a quotation."""
    back = _ground(sheet)
    inner = sheet.inner
    mark = _OPENING.get(sheet.language.partition("-")[0], "“")
    size = 220 if sheet.is_wide else 300
    sheet.line(mark, Box(inner.left - 10, 0, inner.right, 0), inner.top + round(size * 0.66), size, sheet.accent)
    top = inner.top + round(size * (0.40 if mark == "“" else 0.78))
    gap = 44 if sheet.is_wide else 76
    _title(sheet, inner, top, _signed(sheet, inner, back) - gap)


def _title(sheet: Sheet, inner: Box, top: int, bottom: int) -> None:
    room = Box(inner.left, top, inner.right, bottom)
    largest = _largest(sheet, _LARGEST[sheet.shape])
    sheet.words(sheet.title, room, sheet.text, largest=largest, smallest=40, at=0.5 if sheet.is_wide else 0.0)


def _largest(sheet: Sheet, usual: int) -> int:
    """Return the size that a title has at the most: a word or two may shout."""
    letters = len(graphemes(sheet.title))
    return round(usual * min(max(2.1 - letters / 16, 1), 1.75))


def _bar(sheet: Sheet, inner: Box) -> None:
    sheet.bar(Box(inner.left, inner.top, inner.left + 112, inner.top + 12), sheet.accent)


def _initial(sheet: Sheet, box: Box, colour: Colour, part: float) -> None:
    """Write the title's first letter in the middle of a box, as high as this part of it; a quiet disc if none."""
    letter = next((one for one in graphemes(sheet.title) if one[0].isalnum()), "")
    size = round(min(box.height, box.width * 1.5) * part)
    if not sheet.stamp(letter.upper(), box, colour, size):
        middle = (box.left + box.width // 2, box.top + box.height // 2)
        sheet.disc(middle, round(min(box.width, box.height) * part * 0.36), mixed(sheet.background, sheet.accent, 0.12))


def _ground(sheet: Sheet) -> Colour:
    """Paint a quiet background; return its colour where words stand."""
    back = sheet.background
    known = (sheet.shape, sheet.right_to_left, back)
    ground = _grounds.get(known)
    if ground is not None:
        sheet.image.paste(ground)
    else:
        lift = _WHITE if is_dark(back) else _BLACK
        sheet.slope(mixed(lift, back, 0.05), mixed(_BLACK, back, 0.12 if is_dark(back) else 0.02))
        radius = round(sheet.height * (0.62 if sheet.is_wide else 0.42))
        sheet.disc((sheet.width - radius // 4, -radius // 5), radius, mixed(lift, back, 0.075))
        if len(_grounds) >= _GROUNDS:
            _grounds.clear()
        _grounds[known] = sheet.image.copy()
    return back


def _signed(sheet: Sheet, inner: Box, back: Colour) -> int:
    """Write who speaks under a fine line; return the upper edge of that."""
    top = sheet.signature(inner, back)
    line = top - (22 if sheet.is_wide else 30)
    sheet.fill(mixed(sheet.text, back, 0.22), Box(inner.left, line, inner.right, line + 2))
    return line
