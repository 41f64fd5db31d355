"""What a written word means for comparing: forms of a word are one term, an identifier is itself and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from zlib import crc32

import snowballstemmer

from .languages import SMALL_WORDS

STEMMERS: Final = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Languages and their algorithms of Snowball (https://snowballstem.org); what the installed one lacks is left as is."""
REMEMBERED: Final = 200_000
"""Words of a language whose terms are kept in memory (some 50 MB when full); then all are forgotten."""
LONGEST: Final = 64
"""Characters of a word: what is longer is no word but data."""

WORD: Final = re.compile(r"[A-Za-z](?:\+\+|\#)(?!\w)|[^\W_]+(?:(?:[-_.'’]|::)[^\W_]+)*")
_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_LATIN: Final = re.compile("[a-zA-Z\u00c0-\u024f]")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_NO_BLANKS: Final = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")

Term = tuple[int, str]
"""A term's number and the way it is written."""


class Terms:
    """The terms of the words of one language; ask ``terms_in(language)`` for it."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._small = SMALL_WORDS.get(language, frozenset())
        self._latin = _stemmer(language if language not in {"ru", "sr", "hy", "el", "ar", "hi", "ta"} else "en") or (
            _stemmer("en") if language not in SMALL_WORDS else None
        )
        self._cyrillic = _stemmer("sr" if language == "sr" else "ru") if language != "uk" else None
        self._other = _stemmer(language)
        self._known: dict[str, tuple[Term, ...]] = {}

    def of(self, word: str) -> tuple[Term, ...]:
        """Return the terms of a word as ``WORD`` finds it; none for one that says nothing."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(dict.fromkeys(self._read(word)))
        return known

    def tag(self, name: str) -> Term:
        """Return the term of a tag: apart from the same word in a text."""
        return self._number(f"#{_folded(' '.join(name.split()))}"), name

    def _read(self, word: str) -> Iterable[Term]:
        if len(word) > LONGEST:
            return
        if _NO_BLANKS.search(word):
            yield from ((self._number(word[at : at + 2]), word[at : at + 2]) for at in range(max(1, len(word) - 1)))
            return
        parts = _PART.findall(word)
        if len(parts) > 1 and _LATIN.search(word):
            yield self._number(_folded(word)), word
        for part in parts if len(parts) > 1 else [word]:
            yield from self._plain(part)

    def _plain(self, word: str) -> Iterable[Term]:
        folded = _folded(word)
        if len(folded) > 1 and folded not in self._small and not folded.isdigit():
            yield self._number(self._stem(folded)), word

    def _stem(self, word: str) -> str:
        stemmer = self._cyrillic if _CYRILLIC.search(word) else self._latin if _LATIN.search(word) else self._other
        return str(stemmer.stemWord(word)) if stemmer else word

    def _number(self, term: str) -> int:
        return crc32(f"{self._language} {term}".encode("utf-8", "replace"))


@lru_cache(maxsize=16)
def terms_in(language: str) -> Terms:
    """Return the terms of a language, one memory a process."""
    return Terms(language)


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е").replace("’", "'")


def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
