"""A page as a bag of words: which terms it has and how much it is about each."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .documents import Document
from .languages import language_of
from .terms import WORD, Terms, terms_in

READ: Final = 60_000
"""Characters of a text that are read: some forty pages of a book say what it is about."""
READ_TITLE: Final = 500
"""Characters of a title that are read."""
READ_TAGS: Final = 50
"""Tags that are read."""
KEPT: Final = 256
"""Terms of a page that are kept, the strongest: of a usual page all."""
NAMED: Final = 48
"""Terms of a packed page that keep their spelling, the strongest, to tell people what two pages have in common."""
BEGINNING: Final = 60
"""Words at the beginning of a text that count double: there a text says what it is about."""
TITLE: Final = 5.0
"""A word of the title counts like so many of the text."""
TAG: Final = 5.0
"""A tag counts like so many words of the text."""
HALF: Final = 2.0
"""How often a word must occur for half of the strength it can have: the tenth time says less than the second."""
STEPS: Final = 255
"""Strengths are kept as a byte."""

_HEAD: Final = struct.Struct("<8sHH")


@dataclass(frozen=True, slots=True)
class Bag:
    """What a page is about, before it is weighed against others. Pages of two languages share no term."""

    language: str
    terms: NDArray[np.uint32]
    """Numbers of the terms (CRC-32 of language and stem), in rising order."""
    counts: NDArray[np.float32]
    """How much the page is about each, in (0, 1], in steps of 1/255."""
    words: dict[int, str] = field(default_factory=dict)
    """Terms as the page writes them."""

    def pack(self) -> bytes:
        """Return the bag in at most some 1.5 kB; of ``words`` the ``NAMED`` strongest are kept."""
        strongest = self.terms[np.argsort(-self.counts, kind="stable")[:NAMED]].tolist()
        named = sorted(term for term in strongest if term in self.words)
        places = np.searchsorted(self.terms, np.array(named, dtype=np.uint32)).astype(np.uint8)
        spelling = "\n".join(self.words[term] for term in named).encode("utf-8", "replace")
        return b"".join(
            (
                _HEAD.pack(self.language.encode("ascii", "replace")[:8], len(self.terms), len(named)),
                self.terms.astype("<u4").tobytes(),
                np.rint(self.counts * STEPS).astype(np.uint8).tobytes(),
                places.tobytes(),
                zlib.compress(spelling, 9) if named else b"",
            )
        )

    @classmethod
    def unpack(cls, packed: bytes) -> Bag:
        """Return the bag that was packed; ValueError if it wasn't by this version's ``pack()``."""
        try:
            language, many, named = _HEAD.unpack_from(packed)
            at = _HEAD.size
            terms = np.frombuffer(packed, "<u4", many, at).astype(np.uint32)
            counts = np.frombuffer(packed, np.uint8, many, at := at + 4 * many).astype(np.float32) / np.float32(STEPS)
            places = np.frombuffer(packed, np.uint8, named, at := at + many)
            words = zlib.decompress(packed[at + named :]).decode().split("\n") if named else []
            spelled = dict(zip(terms[places].tolist(), words, strict=True))
        except (struct.error, zlib.error, IndexError) as error:
            raise ValueError(f"No packed bag: {error}") from error
        return cls(language.rstrip(b"\0").decode("ascii", "replace"), terms, counts, spelled)


def bag_of(document: Document) -> Bag:
    """Read a page: what stands in its title, tags, text. Never raises: bytes that are no text yield few or no terms."""
    language = language_of(document)[:8]
    known = terms_in(language)
    tally: defaultdict[int, float] = defaultdict(float)
    words: dict[int, str] = {}
    text = _words(document.text, READ)
    _count(tally, words, known, text, 1)
    _count(tally, words, known, text[:BEGINNING], 1)
    _count(tally, words, known, _words(document.title, READ_TITLE), TITLE)
    for name in {tag[:READ_TITLE]: None for tag in document.tags[:READ_TAGS] if tag.strip()}:
        _count(tally, words, known, _words(name, READ_TITLE), TITLE)
        term, spelling = known.tag(name)
        tally[term] += TAG
        words[term] = spelling
    return _bag(language, tally, words)


def _words(text: str, limit: int) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text[:limit]))


def _count(
    tally: defaultdict[int, float], words: dict[int, str], known: Terms, found: Iterable[str], weight: float
) -> None:
    for word, times in Counter(found).items():
        for term, spelling in known.of(word):
            tally[term] += times * weight
            words.setdefault(term, spelling)


def _bag(language: str, tally: dict[int, float], words: dict[int, str]) -> Bag:
    terms: NDArray[Any] = np.fromiter(tally, dtype=np.uint32, count=len(tally))
    times: NDArray[Any] = np.fromiter(tally.values(), dtype=np.float32, count=len(tally))
    order = np.argsort(terms)
    if len(order) > KEPT:
        order = np.sort(np.lexsort((terms, -times))[:KEPT])
        order = order[np.argsort(terms[order])]
    terms, times = terms[order], times[order]
    steps = np.maximum(1, np.rint(STEPS * times / (times + HALF)))
    return Bag(
        language,
        terms,
        (steps / STEPS).astype(np.float32),
        {term: words[term] for term in terms.tolist()},
    )
