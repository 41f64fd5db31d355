"""Which scripts there are fonts for, and what brings those that are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import regex

from smo_kit.meta.fonts import emoji_file, lacking


@dataclass(frozen=True, slots=True)
class Script:
    """A script with some letters of it, the languages that write it, and what installs a font for it."""

    name: str
    sample: str
    languages: tuple[str, ...]
    cure: str


_CARDS: Final = "pip install 'smo-kit[cards]'"
_NOTO: Final = "the system's package fonts-noto-core"
_CJK: Final = "the system's package fonts-noto-cjk"

SCRIPTS: Final = (
    Script("Cyrillic", "Яжёї", ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"), _CARDS),
    Script("Greek", "Ωάλφ", ("el",), _CARDS),
    Script("Arabic", "عربيگچ", ("ar", "fa", "ur", "ug", "ckb", "ps", "sd"), _CARDS),
    Script("Devanagari", "हिन्दी", ("hi", "mr", "ne", "sa"), _CARDS),
    Script("Thai", "ภาษาไทย", ("th",), _CARDS),
    Script("Georgian", "ქართული", ("ka",), _NOTO),
    Script("Armenian", "Հայերեն", ("hy",), _NOTO),
    Script("Hebrew", "עברית", ("he", "yi"), _NOTO),
    Script("Bengali", "বাংলা", ("bn", "as"), _NOTO),
    Script("Gurmukhi", "ਪੰਜਾਬੀ", ("pa",), _NOTO),
    Script("Gujarati", "ગુજરાતી", ("gu",), _NOTO),
    Script("Tamil", "தமிழ்", ("ta",), _NOTO),
    Script("Telugu", "తెలుగు", ("te",), _NOTO),
    Script("Kannada", "ಕನ್ನಡ", ("kn",), _NOTO),
    Script("Malayalam", "മലയാളം", ("ml",), _NOTO),
    Script("Sinhala", "සිංහල", ("si",), _NOTO),
    Script("Khmer", "ខ្មែរ", ("km",), _NOTO),
    Script("Lao", "ລາວ", ("lo",), _NOTO),
    Script("Myanmar", "မြန်မာ", ("my",), _NOTO),
    Script("Ethiopic", "አማርኛ", ("am", "ti"), _NOTO),
    Script("Han", "漢字简体", ("zh",), _CJK),
    Script("Hiragana", "ひらがな", ("ja",), _CJK),
    Script("Katakana", "カタカナ", ("ja",), _CJK),
    Script("Hangul", "한국어", ("ko",), _CJK),
)
EMOJI: Final = Script("Emoji", "😀", (), "the system's package fonts-noto-color-emoji")
_PICTURES: Final = regex.compile(r"\p{Emoji_Presentation}")


def missing_for(languages: Iterable[str]) -> list[Script]:
    """Return the scripts of languages (codes like "pt-br") that no font can draw."""
    bases = {code.partition("-")[0].lower() for code in languages}
    return [one for one in SCRIPTS if bases.intersection(one.languages) and lacking(one.sample)]


def missing_in(text: str) -> list[tuple[str, str]]:
    """Return (script, cure) for what of a text no font can draw."""
    lost = lacking(text)
    if not lost:
        return []
    found = [(one.name, one.cure) for one in SCRIPTS if regex.search(rf"\p{{Script={one.name}}}", lost)]
    if _PICTURES.search(lost) and not emoji_file():
        found.append((EMOJI.name, EMOJI.cure))
    return found or [("other", _NOTO)]
