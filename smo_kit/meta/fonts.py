"""Which font draws which letter: a chain of files, and for each letter the first that has it."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import regex
from django.core.signals import setting_changed
from PIL import ImageFont

from smo_kit.core.text import graphemes
from smo_kit.meta.conf import meta_settings

Font = ImageFont.FreeTypeFont
Run = tuple[str, str]
"""Letters and the font file that draws them."""

OWN: Final = ""
"""Stands for the font inside Pillow: Latin only, but always there."""

_PACKAGES: Final = "fontpkg_noto_sans"
_FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_FAMILIES: Final = (
    "NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf",
    "NotoSans*-Bold.ttf", "NotoSans*-Bold.otf", "NotoSansCJK-Bold.ttc",
)  # fmt: skip
_BOLD: Final = 700
_PROBE_SIZE: Final = 20
_NOBODYS: Final = "\U0010ffff"
# Spaces, joiners, variation selectors, directional marks: nothing that a font would have to draw (UAX #44).
_INVISIBLE: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\s]+")


@cache
def chain() -> tuple[str, ...]:
    """Return the font files that there are, in the order in which they are asked for a letter."""
    return (*(path for path in meta_settings.in_code().fonts if Path(path).is_file()), *_found(), OWN)


def has_font(text: str) -> bool:
    """Say whether every letter of a text can be drawn."""
    files = chain()
    return all(_font_of(letter, files, OWN) is not None for letter in graphemes(text))


def runs(text: str) -> list[Run]:
    """Return a text in pieces of one font each. What no font has is left out, so that it is not drawn as a box."""
    files = chain()
    found: list[Run] = []
    for letter in graphemes(text):
        path = _font_of(letter, files, files[0] if not found or found[-1][0][-1:].isspace() else found[-1][1])
        if path is None:
            continue
        if found and found[-1][1] == path:
            found[-1] = (found[-1][0] + letter, path)
        else:
            found.append((letter, path))
    return found


@lru_cache(maxsize=64)
def load(path: str, size: int, layout: ImageFont.Layout | None = None) -> Font | None:
    """Return a font in bold at a size in pixels, None if the file is no outline font."""
    try:
        if path == OWN:
            own = ImageFont.load_default(size)
            return own if isinstance(own, Font) else None
        font = ImageFont.truetype(path, size, layout_engine=layout)
        _embolden(font)
    except OSError:  # broken, or of bitmaps in one size
        return None
    return font


def _embolden(font: Font) -> None:
    """Set a variable font to bold; others are what their file says."""
    try:
        axes = font.get_variation_axes()
    except OSError:
        return
    bold = {b"Weight": _BOLD, "Weight": _BOLD}
    font.set_variation_by_axes([bold.get(axis["name"] or b"", axis["default"] or 0) for axis in axes])


def _font_of(letter: str, files: tuple[str, ...], before: str) -> str | None:
    """Return the file that draws a letter: the one of the letter before if that can, so that words are of one font."""
    visible = _INVISIBLE.sub("", letter)
    return next((path for path in dict.fromkeys((before, *files)) if _covers(path, visible)), None)


def _covers(path: str, letter: str) -> bool:
    return all(_has(path, character) for character in letter)


@lru_cache(maxsize=16384)
def _has(path: str, character: str) -> bool:
    """Say whether a font has a character: whether it draws something else than for one that nobody has."""
    font = load(path, _PROBE_SIZE, ImageFont.Layout.BASIC)
    return font is not None and _picture(font, character) != _picture(font, _NOBODYS)


def _picture(font: Font, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


@cache
def _found() -> tuple[str, ...]:
    """Return the files of installed packages, then those of the system."""
    return tuple(dict.fromkeys((*_of_packages(), *_of_system())))


def _of_packages() -> Iterator[str]:
    for name in sorted(one.name for one in pkgutil.iter_modules() if one.name.startswith(_PACKAGES)):
        spec = find_spec(name)
        for folder in (spec and spec.submodule_search_locations) or ():
            yield from (str(path) for path in sorted(Path(folder, "files").glob("*.ttf")) if "Italic" not in path.name)


def _of_system() -> Iterator[str]:
    files: dict[str, str] = {}
    for folder in _FOLDERS:
        for where, _, names in os.walk(Path(folder).expanduser()):
            files |= {name: str(Path(where, name)) for name in names}
    for pattern in _FAMILIES:
        yield from (files[name] for name in sorted(files) if Path(name).match(pattern))


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "SMO_KIT":
        chain.cache_clear()


setting_changed.connect(_forget, dispatch_uid="smo_kit.meta.fonts")
