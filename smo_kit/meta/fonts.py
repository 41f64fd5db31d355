"""Which font draws which letter: a chain of files, and for each letter the first that has it."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import regex
from django.core.signals import setting_changed
from PIL import Image, ImageDraw, ImageFont

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
    "NotoSans-Bold.ttf", "NotoSans*-Bold.ttf", "NotoSans*-Bold.otf", "DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf",
    "Arial Bold.ttf", "arialbd.ttf", "NotoSansCJK-Bold.ttc", "NotoSerif*-Bold.ttf", "NotoSans*-Regular.ttf",
)  # fmt: skip
_EMOJI_FILES: Final = ("NotoColorEmoji.ttf", "Apple Color Emoji.ttc", "seguiemj.ttf")
_EMOJI_STRIKES: Final = (109, 160)
"""Pixels: fonts of colour bitmaps have one size and refuse all others."""
BOLD: Final = 700
"""The weight of fonts in which one file has many weights; others are what their file says."""
_PROBE_SIZE: Final = 20
_NOBODYS: Final = "\U0010ffff"
# Spaces, joiners, variation selectors, directional marks: nothing that a font would have to draw (UAX #44).
_INVISIBLE: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\s]+")
_MARKS: Final = regex.compile(r"\p{M}+")
_EMOJI: Final = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[0-9#*]\ufe0f?\u20e3")
_AS_TEXT: Final = "\ufe0e"


@cache
def chain() -> tuple[str, ...]:
    """Return the font files that there are, in the order in which they are asked for a letter."""
    return (*(path for path in meta_settings.in_code().fonts if Path(path).is_file()), *_found(), OWN)


def has_font(text: str) -> bool:
    """Say whether every letter of a text can be drawn."""
    return not lacking(text)


def lacking(text: str) -> str:
    """Return the letters of a text that no font has."""
    return "".join(letter for letter in graphemes(text) if not runs(letter) and _INVISIBLE.sub("", letter))


@lru_cache(maxsize=2048)
def runs(text: str) -> tuple[Run, ...]:
    """Return a text in pieces of one font each.

    What no font has is left out, so that it is not drawn as a box; of a letter with marks the letter stays.
    """
    first = chain()[0]
    found: list[Run] = []
    before = first
    for letter in graphemes(text):
        shown, path = _drawn_by(letter, before)
        if path is None:
            continue
        if found and found[-1][1] == path:
            found[-1] = (found[-1][0] + shown, path)
        else:
            found.append((shown, path))
        if path != emoji_file():
            before = first if letter.isspace() else path
    return tuple(found)


@lru_cache(maxsize=8192)
def _drawn_by(letter: str, before: str) -> tuple[str, str | None]:
    """Return what is drawn of a letter, and by which file: the one of the letter before if that can."""
    visible = _INVISIBLE.sub("", letter)
    colour = emoji_file()
    if colour and _EMOJI.match(letter) and _AS_TEXT not in letter and _covers(colour, visible):
        return letter, colour
    for shown in dict.fromkeys((visible, _MARKS.sub("", visible))):
        if not shown and visible:
            continue
        path = before if _covers(before, shown) else next((one for one in chain() if _covers(one, shown)), None)
        if path is not None:
            return (letter if shown == visible else shown), path
    return letter, None


@cache
def emoji_file() -> str:
    """Return the file of the system's font of coloured emoji, "" if there is none that can be drawn."""
    names = _system_files()
    return next((names[name] for name in _EMOJI_FILES if name in names and strike(names[name])), "")


@cache
def strike(path: str) -> int:
    """Return the size in pixels at which a font of emoji has its pictures, 0 if it can't be read."""
    for size in _EMOJI_STRIKES:
        try:
            ImageFont.truetype(path, size)
        except OSError:
            continue
        return size
    return 0


@lru_cache(maxsize=512)
def load(path: str, size: int, layout: ImageFont.Layout | None = None, weight: int = BOLD) -> Font | None:
    """Return a font at a size in pixels, None if the file is no outline font."""
    try:
        if path == OWN:
            own = ImageFont.load_default(size)
            return own if isinstance(own, Font) else None
        font = ImageFont.truetype(path, size, layout_engine=layout)
        _weigh(font, weight)
    except OSError:  # broken, or of bitmaps in one size
        return None
    return font


def _weigh(font: Font, weight: int) -> None:
    """Set a variable font to a weight; others are what their file says."""
    try:
        axes = font.get_variation_axes()
    except OSError:
        return
    wanted = {b"Weight": weight, "Weight": weight}
    font.set_variation_by_axes([wanted.get(axis["name"] or b"", axis["default"] or 0) for axis in axes])


def _covers(path: str, letter: str) -> bool:
    return all(_has(path, character) for character in letter)


@lru_cache(maxsize=16384)
def _has(path: str, character: str) -> bool:
    """Say whether a font has a character: whether it draws something else than for one that nobody has."""
    if path and path == emoji_file():
        return _coloured(path, character) != _coloured(path, _NOBODYS)
    font = load(path, _PROBE_SIZE, ImageFont.Layout.BASIC)
    try:
        return font is not None and _picture(font, character) != _picture(font, _NOBODYS)
    except OSError:  # FreeType gives up on an outline, such as the bold U+FDFD of Noto Sans Arabic
        return False


def _picture(font: Font, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _coloured(path: str, character: str) -> bytes:
    size = strike(path)
    image = Image.new("RGBA", (size * 2, size * 2))
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(image).text((0, size), character, font=font, embedded_color=True, anchor="ls")
    return image.resize((16, 16)).tobytes()


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
    files = _system_files()
    for pattern in _FAMILIES:
        yield from (files[name] for name in sorted(files) if fnmatchcase(name, pattern))


@cache
def _system_files() -> dict[str, str]:
    """Return the paths of the system's font files by their names."""
    files: dict[str, str] = {}
    for folder in _FOLDERS:
        for where, _, names in os.walk(Path(folder).expanduser()):
            files |= {name: str(Path(where, name)) for name in names}
    return files


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "SMO_KIT":
        forget_fonts()


def forget_fonts() -> None:
    """Look anew which fonts there are: a setting has changed."""
    chain.cache_clear()
    runs.cache_clear()
    _drawn_by.cache_clear()


setting_changed.connect(_forget, dispatch_uid="smo_kit.meta.fonts")
