"""A page as a bag of words: which terms it has and how much it is about each."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.texts.documents import Document
from smo_kit.best.texts.languages import language_of
from smo_kit.best.texts.terms import WORD, Terms, terms_in

READ_TEXT: Final = 60_000
"""Characters of a text that are read: some thirty printed pages say what it is about."""
READ_TITLE: Final = 500
"""Characters of a title or a tag that are read."""
READ_TAGS: Final = 50
"""Tags that are read."""
TERMS_KEPT: Final = 224
"""Terms of a page that are kept, the strongest: all of a usual page's; more change little and pack larger."""
NAMED: Final = 32
"""Terms of a packed page that keep their spelling, the strongest: they tell people what two pages have in common."""

POWER: Final = 0.6
"""A word that occurs n times counts n ** 0.6: less would let long pages be about everything, more about one word."""
BEGINNING: Final = 120
"""Words at the beginning of a text that say what it is about: its summary and first paragraphs."""
IN_BEGINNING: Final = 0.4
"""What the beginning counts for beside the whole text, which counts 1 however long it is."""
FEW: Final = 60
"""Words that a text needs to count in full: those of a mere sentence must not outweigh the title's."""
IN_TITLE: Final = 0.25
"""What the title counts for: more draws pages together that only are called alike."""
IN_TAGS: Final = 0.1
"""What the words of the tags count for, where they occur in texts."""
AS_TAG: Final = 0.2
"""What the tags themselves count for: curated ones help, thoughtless ones must not hurt."""

STEPS: Final = 255
"""Counts are kept as a byte."""
_POWERS: Final = tuple(n**POWER for n in range(64))
_HEAD: Final = struct.Struct("<8sHH")


@dataclass(frozen=True, slots=True)
class Bag:
    """What a page is about, before it is weighed against others. Pages of two languages share no term."""

    language: str
    terms: NDArray[np.uint32]
    """Numbers of the terms (CRC-32 of language and stem), in rising order."""
    counts: NDArray[np.float32]
    """How much the page is about each, in steps of 1/255 up to 1, which is what it is most about."""
    words: dict[int, str] = field(default_factory=dict)
    """Terms as the page writes them."""

    def pack(self) -> bytes:
        """Return the bag in at most some 1.5 kB; of ``words`` the ``NAMED`` strongest are kept."""
        strongest = np.sort(np.argsort(-self.counts, kind="stable")[:NAMED])
        named = [place for place in strongest.tolist() if int(self.terms[place]) in self.words]
        spelled = "\n".join(self.words[int(self.terms[place])] for place in named)
        return b"".join(
            (
                _HEAD.pack(self.language.encode("ascii", "replace"), len(self.terms), len(named)),
                self.terms.astype("<u4").tobytes(),
                np.rint(self.counts * STEPS).astype(np.uint8).tobytes(),
                bytes(named),
                zlib.compress(spelled.encode("utf-8", "replace"), 9),
            )
        )

    @classmethod
    def unpack(cls, packed: bytes) -> Bag:
        """Return the bag that was packed; ValueError if these bytes are no packed bag."""
        try:
            language, many, named = _HEAD.unpack_from(packed)
            at = _HEAD.size
            terms = np.frombuffer(packed, "<u4", many, at).astype(np.uint32)
            counts = np.frombuffer(packed, np.uint8, many, at + 4 * many)
            places = np.frombuffer(packed, np.uint8, named, at + 5 * many)
            spelled = zlib.decompress(packed[at + 5 * many + named :]).decode().split("\n")
            words = dict(zip(terms[places].tolist(), spelled, strict=False))
        except (struct.error, zlib.error, IndexError, ValueError) as error:
            raise ValueError(f"No packed bag: {error}") from error
        return cls(language.rstrip(b"\0").decode("ascii", "replace"), terms, _from_steps(counts), words)


def bag_of(document: Document) -> Bag:
    """Read a page. Never raises: bytes that are no text yield few terms or none.

    The whole text (its first ``READ_TEXT`` characters), its beginning, the title and the tags are each brought to one
    length before they are summed up: a title counts the same beside a note and beside a book.
    """
    language = language_of(document)
    known = terms_in(language)
    names = [name for name in dict.fromkeys(tag[:READ_TITLE].strip() for tag in document.tags[:READ_TAGS]) if name]
    text = _words(document.text[:READ_TEXT])
    parts = (
        (1.0, FEW, text),
        (IN_BEGINNING, FEW, text[:BEGINNING]),
        (IN_TITLE, 1, _words(document.title[:READ_TITLE])),
        (IN_TAGS, 1, _words(" ".join(names))),
    )
    sums: dict[int, float] = {}
    words: dict[int, str] = {}
    for share, few, found in parts:
        _add(sums, share, few, _times(found, known, words))
    tags = [known.tag(name) for name in names]
    words.update(tags)
    _add(sums, AS_TAG, 1, {number: 1 for number, _ in tags})
    return _bag(language, sums, words)


def _words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))


def _times(found: list[str], known: Terms, words: dict[int, str]) -> dict[int, int]:
    """Return how often each term occurs; note in ``words`` how a new one is written."""
    times: dict[int, int] = {}
    for word, n in Counter(found).items():
        for number, spelling in known[word]:
            if number in times:
                times[number] += n
            else:
                times[number] = n
                words.setdefault(number, spelling)
    return times


def _add(sums: dict[int, float], share: float, few: int, times: dict[int, int]) -> None:
    counts = [_POWERS[n] if n < len(_POWERS) else n**POWER for n in times.values()]
    scale = share / sqrt(max(few, sum(count * count for count in counts)))
    for number, count in zip(times, counts, strict=True):
        sums[number] = sums.get(number, 0) + count * scale


def _bag(language: str, sums: dict[int, float], words: dict[int, str]) -> Bag:
    strongest = (
        sorted(sums, key=lambda number: (-sums[number], number))[:TERMS_KEPT] if len(sums) > TERMS_KEPT else sums
    )
    kept = sorted(strongest)
    counts = np.array([sums[number] for number in kept], dtype=np.float64)
    steps = np.maximum(1, np.rint(STEPS * counts / counts.max(initial=1e-9)))
    return Bag(
        language, np.array(kept, dtype=np.uint32), _from_steps(steps), {number: words[number] for number in kept}
    )


def _from_steps(steps: NDArray[np.floating] | NDArray[np.uint8]) -> NDArray[np.float32]:
    return (steps / np.float32(STEPS)).astype(np.float32)
