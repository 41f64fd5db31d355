"""What a written word means for comparing: forms of a word are one term, an identifier is itself and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

import snowballstemmer

from smo_kit.best.texts.languages import SMALL_WORDS

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
"""Words of a language whose terms are kept in memory (some 60 MB when full); then all are forgotten."""
LONGEST: Final = 64
"""Characters of a word, or an identifier: what is longer is data."""

WORD: Final = re.compile(r"[A-Za-z](?:\+\+|\#)(?!\w)|[^\W_]+(?:(?:[-_.'’]|::)[^\W_]+)*")
"""A word, or an identifier with what joins its pieces: Get-ChildItem, border-radius, Array.prototype.map, C++."""
_PIECE: Final = re.compile(r"[A-Za-z](?:\+\+|\#)|[^\W_]+(?:['’][^\W_]+)*")
_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LATIN: Final = re.compile("[a-zA-Z\u00c0-\u024f]")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_OTHER_LETTERS: Final = frozenset({"ar", "el", "hi", "hy", "ru", "sr", "ta"})
_RUN: Final = re.compile(
    "(?P<unspaced>[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+)|[^\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+"
)
"""Letters of scripts that put no blanks between words, or others."""

Term = tuple[int, str]
"""A term's number and the way it is written."""


class Terms(dict[str, tuple[Term, ...]]):
    """The terms of each word of one language, as ``WORD`` finds it; none for one that says nothing.

    Ask ``terms_in(language)`` for it: a word is stemmed once a process.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._small = SMALL_WORDS.get(language, frozenset())
        own = _stemmer(language)
        self._latin = own if own and language not in _OTHER_LETTERS else _stemmer("en")
        self._cyrillic = own if language == "sr" else _stemmer("ru")
        self._other = own

    def __missing__(self, word: str) -> tuple[Term, ...]:
        terms = tuple(dict.fromkeys(self._read(word)))
        if len(word) <= LONGEST:
            if len(self) >= REMEMBERED:
                self.clear()
            self[word] = terms
        return terms

    def tag(self, name: str) -> Term:
        """Return the term of a tag: apart from the same word in a text."""
        return self._number(f"#{_folded(' '.join(name.split()))}"), name

    def _read(self, word: str) -> Iterable[Term]:
        for run in _RUN.finditer(word):
            if run["unspaced"]:
                yield from ((self._number(pair), pair) for pair in _pairs(run[0]))
            elif len(run[0]) <= LONGEST:
                yield from self._spaced(run[0])

    def _spaced(self, word: str) -> Iterable[Term]:
        pieces = _PIECE.findall(word)
        if len(pieces) > 1 and _LATIN.search(word):
            yield self._number(_folded(word)), word
        for piece in pieces:
            yield from self._piece(piece)

    def _piece(self, piece: str) -> Iterable[Term]:
        parts = _PART.findall(piece) if piece.isascii() and piece.isalnum() else ()
        if len(parts) > 1:
            yield self._number(_folded(piece)), piece
        for part in parts if len(parts) > 1 else [piece]:
            folded = _folded(part)
            if len(folded) > 1 and folded not in self._small:
                yield self._number(self._stem(folded)), part

    def _stem(self, word: str) -> str:
        stemmer = self._cyrillic if _CYRILLIC.search(word) else self._latin if _LATIN.search(word) else self._other
        return str(stemmer.stemWord(word)) if stemmer else word

    def _number(self, term: str) -> int:
        return crc32(f"{self._language} {term}".encode("utf-8", "replace"))


@lru_cache(maxsize=16)
def terms_in(language: str) -> Terms:
    """Return the terms of a language, one memory a process."""
    return Terms(language)


def _pairs(letters: str) -> list[str]:
    return ["".join(pair) for pair in pairwise(letters)] or [letters]


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е").replace("’", "'")


def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
