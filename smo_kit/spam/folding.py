"""Text as a reader sees it: letters in disguise become themselves, and how many wore one is counted.

Disguises: mathematical bold and its kin, full width, circles and squares (NFKC, UAX #15, and a table for those that it
leaves alone); look-alikes of another script inside a word (after the idea of UTS #39); letters that can't be seen;
digits for letters; letters set apart by blanks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_CYRILLIC: Final = "асеорхукмтнвіјѕԁԛԝһɡгп"
_LATIN: Final = "aceopxykmthbijsdqwhgrn"
_TO_LATIN: Final = str.maketrans(_CYRILLIC[:18] + "ԛԝһ", _LATIN[:18] + "qwh")
_TO_CYRILLIC: Final = str.maketrans("aceopxykmthbi3u0nr6", "асеорхукмтнвізиопгб")


def _fancy() -> dict[int, str]:
    """Return letters in squares, circles and small capitals that Unicode does not decompose."""
    table = {ord(one): plain for one, plain in zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)}
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):
        table |= {first + place: chr(ord("a") + place) for place in range(26)}
    for first, start in ((0x2776, 1), (0x2780, 1), (0x278A, 1), (0x24F5, 1)):
        table |= {first + place: str(start + place) for place in range(10)}
    return table


_FANCY: Final = _fancy()
_LEET: Final = str.maketrans("4301578@$", "aeoistbas")
_KEEP: Final = re.compile(r"[^\W_]")
_PLAIN: Final = re.compile(r"[\x00-\x7f\u00a0-\u024f\u0400-\u045f\u2010-\u2026]*")
_HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\U000e0000-\U000e0fff]"
)
_JOINER: Final = "\u200d"
_MARKS: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe0e\ufe0f]")
_APART: Final = re.compile(r"(?<!\S)(?:[^\W_][ \t.\-_*]{1,2}){3,}[^\W_](?!\S)")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INNER_DIGIT: Final = re.compile(r"(?<=[^\W\d_])[4301578@$]+(?=[^\W\d_])")
_HAS_LATIN: Final = re.compile(r"[a-z]")
_HAS_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` in small plain letters; how many letters wore which disguise."""

    text: str
    fancy: int = 0
    """Letters of fonts, circles, squares."""
    mixed: int = 0
    """Words that mix scripts with look-alikes."""
    hidden: int = 0
    """Characters that can't be seen, the joiners of pictures aside."""
    apart: int = 0
    """Words whose letters stand apart."""
    leet: int = 0
    """Digits that stand for letters inside words."""


def fold(text: str) -> Folded:
    """Return the text as it reads, and its disguises."""
    fancy = hidden = mixed = 0
    if not _PLAIN.fullmatch(text):
        text, hidden = _without_hidden(text)
        text, fancy = _without_fonts(text)
    text = text.lower()
    text, apart = _APART.subn(lambda found: "".join(_KEEP.findall(found[0])), text)
    text, leet = _INNER_DIGIT.subn(lambda found: found[0].translate(_LEET), text)
    if _HAS_LATIN.search(text) and _HAS_CYRILLIC.search(text):
        text, mixed = _without_look_alikes(text)
    return Folded(text, fancy, mixed, hidden, apart, leet)


def _without_hidden(text: str) -> tuple[str, int]:
    joiners = text.count(_JOINER)
    text, hidden = _HIDDEN.subn("", text)
    return text, max(hidden - joiners, 0)


def _without_fonts(text: str) -> tuple[str, int]:
    letters: list[str] = []
    fancy = 0
    for letter in text:
        plain = _plain(letter)
        fancy += plain is not letter and plain != letter
        letters.append(plain)
    return _MARKS.sub("", unicodedata.normalize("NFC", "".join(letters))), fancy


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Return the letter without its font; itself if it wears none."""
    if letter < "\u0250":
        return letter
    found = _FANCY.get(ord(letter))
    if found:
        return found
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) <= 3 and plain.isalnum() else letter


def _without_look_alikes(text: str) -> tuple[str, int]:
    mixed = 0

    def one(found: re.Match[str]) -> str:
        nonlocal mixed
        word = found[0]
        latin, cyrillic = len(_HAS_LATIN.findall(word)), len(_HAS_CYRILLIC.findall(word))
        if not latin or not cyrillic:
            return word
        mixed += 1
        as_cyrillic, as_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
        if not _HAS_LATIN.search(as_cyrillic) and (cyrillic >= latin or _HAS_CYRILLIC.search(as_latin)):
            return as_cyrillic
        return as_cyrillic if cyrillic > latin and _HAS_CYRILLIC.search(as_latin) else as_latin

    return _WORD.sub(one, text), mixed
