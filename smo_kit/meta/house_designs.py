"""The suite's own templates of card images."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.text import graphemes
from smo_kit.meta.colours import Colour, is_dark, mixed, on
from smo_kit.meta.designs import design
from smo_kit.meta.sheets import Box, Sheet

_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_MARKS: Final = {"ru": "«", "uk": "«", "be": "«", "fr": "«", "de": "„", "zh": "「", "ja": "「"}
_LARGEST: Final = {"wide": 112, "square": 128, "tall": 120}


@design("plain", label=_("Colour"))
def plain(sheet: Sheet) -> None:
    """Draw the title on a colour."""
    back = _ground(sheet)
    inner = sheet.inner
    sheet.bar(Box(inner.left, inner.top, inner.left + 112, inner.top + 12), sheet.accent)
    bottom = _signed(sheet, inner, back)
    gap = 44 if sheet.is_wide else 72
    room = Box(inner.left, inner.top + gap + 12, inner.right, bottom - gap + 8)
    sheet.words(sheet.title, room, sheet.text, largest=_LARGEST[sheet.shape], smallest=40, at=0.5 if sheet.is_wide else 0)


@design("photo", label=_("Title on the picture"), photo=True)
def photo(sheet: Sheet) -> None:
    """Draw the title on the page's picture, which is dark where the title stands."""
    if sheet.photo is None:
        plain(sheet)
        return
    sheet.picture(sheet.photo, sheet.whole)


@design("beside", label=_("Picture beside the title"), photo=True)
def beside(sheet: Sheet) -> None:
    """Draw the picture beside the title."""
    plain(sheet)


@design("letter", label=_("Large first letter"))
def letter(sheet: Sheet) -> None:
    """Draw the title beside its first letter, large."""
    plain(sheet)


@design("quote", label=_("Quotation"))
def quote(sheet: Sheet) -> None:
    """Draw the title as a quotation."""
    plain(sheet)


def _ground(sheet: Sheet) -> Colour:
    """Paint a quiet background; return its colour where words stand."""
    back = sheet.background
    lift = _WHITE if is_dark(back) else _BLACK
    sheet.slope(mixed(lift, back, 0.06), mixed(_BLACK if is_dark(back) else lift, back, 0.10 if is_dark(back) else 0.0))
    radius = round(sheet.height * (0.62 if sheet.is_wide else 0.42))
    sheet.disc((sheet.width - radius // 4, -radius // 5), radius, mixed(sheet.accent, back, 0.10))
    return back


def _signed(sheet: Sheet, inner: Box, back: Colour) -> int:
    """Write who speaks under a fine line; return the upper edge of that."""
    top = sheet.signature(inner, back)
    line = top - (22 if sheet.is_wide else 30)
    sheet.fill(mixed(sheet.text, back, 0.22), Box(inner.left, line, inner.right, line + 2))
    return line
