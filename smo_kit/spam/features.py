"""Hashed features of a text: pieces of its words, its traits, the concepts it speaks of.

Each of the three blocks has one length whatever the length of the text: a short text is not ham because it is short.
A piece belongs to a word, so that a word's features are made once and remembered.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final
from zlib import compress, crc32, decompress

from smo_kit.spam.concepts import SELLING, TALKING, concepts_of
from smo_kit.spam.reading import Reading, read

VERSION: Final = 2
"""Of the features: what was learned with others is of no use."""
BITS: Final = 20
SCALES: Final = (1.2, 0.6, 0.6)
"""Lengths of the blocks for a model of many sources."""
STYLE: Final = 0.4
"""The same of habits of writing."""

_MASK: Final = (1 << BITS) - 1
_DIGIT: Final = re.compile(r"\d")
_PUNCTUATION: Final = re.compile(r"[^\w\s]+")
_NAME_WITH_DIGITS: Final = re.compile(r"(?<!\S)(?:[a-zа-я]{3,}\d{1,4}[a-z]?|[a-z]{2,}\d[a-z])(?!\S)")
"""A whole word, in words that blanks stand between."""
_DRAWN_OUT: Final = re.compile(r"(\w)\1\1")
_PICTURE: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_LONGEST_WORD: Final = 40


@dataclass(frozen=True, slots=True)
class Features:
    """Ids of a text's features."""

    groups: tuple[tuple[int, ...], ...]
    """Pieces, word by word: one that is in several words is there several times."""
    traits: tuple[int, ...]
    concepts: tuple[int, ...]
    style: tuple[int, ...] = ()
    """Habits of writing: they tell sources from each other, not spam from ham."""

    @property
    def pieces(self) -> tuple[int, ...]:
        """All pieces."""
        return tuple(chain.from_iterable(self.groups))

    @property
    def lengths(self) -> tuple[int, int, int]:
        """How many features each of the three blocks has."""
        return sum(map(len, self.groups)), len(self.traits), len(self.concepts)

    @property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """The three blocks, in the order of ``SCALES``."""
        return self.pieces, self.traits, self.concepts

    def pack(self) -> bytes:
        """Return the ids as bytes, for the database."""
        lengths = len(self.traits), len(self.concepts), len(self.style)
        ids = array("I", (*lengths, *self.traits, *self.concepts, *self.style, *sorted(self.pieces)))
        return compress(ids.tobytes(), 6)

    @classmethod
    def unpack(cls, data: bytes) -> Features:
        """Return what was packed."""
        ids = array("I")
        ids.frombytes(decompress(data))
        traits = 3 + ids[0]
        concepts = traits + ids[1]
        style = concepts + ids[2]
        return cls((tuple(ids[style:]),), tuple(ids[3:traits]), tuple(ids[traits:concepts]), tuple(ids[concepts:style]))


@lru_cache(maxsize=64)
def features_of(text: str) -> Features:
    """Return the features of a text."""
    seen = read(text)
    return Features(
        groups=tuple(_groups(seen)),
        traits=tuple(map(id_of, traits_of(seen))),
        concepts=tuple(map(id_of, concept_traits(seen.words))),
        style=tuple(map(id_of, style_of(seen.raw))),
    )


def id_of(name: str) -> int:
    """Return the id of a feature."""
    return crc32(name.encode("utf-8", "replace")) & _MASK


def _groups(seen: Reading) -> Iterator[tuple[int, ...]]:
    yield from map(pieces_of_word, dict.fromkeys(seen.words))
    yield from map(pieces_of_mark, dict.fromkeys(_PUNCTUATION.findall(seen.text)))
    yield from (piece_of_pair(one, two) for one, two in dict.fromkeys(pairwise(seen.words)))


@lru_cache(maxsize=50_000)
def pieces_of_word(word: str) -> tuple[int, ...]:
    """Return the word itself, its beginning, and its n-grams of 2 to 5 letters; digits are all the same."""
    plain = _DIGIT.sub("0", word[:_LONGEST_WORD])
    whole = f"_{plain}_"
    grams = [whole[start : start + n] for n in (2, 3, 4, 5) for start in range(len(whole) - n + 1)]
    return tuple(map(id_of, (f"w{plain}", f"z{plain[:5]}", *grams)))


@lru_cache(maxsize=5_000)
def pieces_of_mark(mark: str) -> tuple[int, ...]:
    """Return a run of punctuation, and each of its marks."""
    return tuple(map(id_of, (f"p{mark[:3]}", *(f"p{one}" for one in dict.fromkeys(mark[:12])))))


@lru_cache(maxsize=100_000)
def piece_of_pair(one: str, two: str) -> tuple[int, ...]:
    """Return two words in a row."""
    return (id_of(_DIGIT.sub("0", f"b{one[:_LONGEST_WORD]} {two[:_LONGEST_WORD]}")),)


@lru_cache(maxsize=64)
def traits_of(seen: Reading) -> tuple[str, ...]:
    """Return the names of what strikes the eye in whatever language."""
    raw, folded, words = seen.raw, seen.folded, max(len(seen.words), 1)
    links, pictures = len(seen.links), len(_PICTURE.findall(raw))
    digits, capitals = sum(map(str.isdigit, raw)), seen.capitals / max(seen.letters, 1)
    end, spoken = raw.rstrip()[-1:], " ".join(seen.words)
    held: Iterable[tuple[str, bool]] = (
        ("fancy", folded.fancy >= 3),
        ("a little fancy", 0 < folded.fancy < 3),
        ("mixed", folded.mixed >= 1),
        ("mixed often", folded.mixed >= 2),
        ("hidden", folded.hidden >= 1),
        ("apart", folded.apart >= 1),
        ("leet", folded.leet >= 1),
        ("link", links >= 1),
        ("links", links >= 2),
        ("only a link", links >= 1 and words < 4),
        ("markup", seen.anchors >= 1),
        ("phone", seen.phones >= 1),
        ("money", seen.money >= 1),
        ("money often", seen.money >= 2),
        ("account", seen.handles >= 1),
        ("e-mail", seen.emails >= 1),
        (f"capitals {_step(capitals, (0.01, 0.04, 0.12, 0.3, 0.7))}", seen.letters >= 8),
        ("?", "?" in raw),
        ("? at the end", end == "?"),
        ("!", "!" in raw),
        ("!!", raw.count("!") >= 2),
        ("...", ".." in raw or "…" in raw),
        ("picture", pictures == 1),
        ("pictures", pictures >= 2),
        ("digit", digits >= 1),
        ("digits", digits >= 4),
        ("many digits", digits >= 10),
        ("name with digits", _NAME_WITH_DIGITS.search(spoken) is not None),
        ("drawn out", _DRAWN_OUT.search(spoken) is not None),
        ("smile", end == ")"),
        ("small beginning", raw[:1].islower()),
        ("full stop", end == "."),
    )
    return tuple(f"T{name}" for name, holds in held if holds)


def style_of(raw: str) -> list[str]:
    """Return the names of habits of writing, which differ from place to place and say nothing of spam."""
    bare = raw.strip()
    held: Iterable[tuple[str, bool]] = (
        ("lines", "\n" in bare),
        ("paragraphs", "\n\n" in bare),
        ("two spaces", "  " in bare),
        ("apostrophe", "'" in bare or "’" in bare),
        ("comma", ", " in bare),
        ("sentences", sum(map(bare.count, (". ", "! ", "? "))) >= 2),
    )
    return [f"S{name}" for name, holds in held if holds]


@lru_cache(maxsize=64)
def concept_traits(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the concepts of a text, those that stand near each other, and how dense they are."""
    found = [concepts_of(word) for word in words]
    counts: dict[str, int] = {}
    for concepts in found:
        for concept in concepts:
            counts[concept] = counts.get(concept, 0) + 1
    root = max(len(words), 1) ** 0.5
    selling, talking = (sum(one in kind for one in counts) / root for kind in (SELLING, TALKING))
    names = {f"C{concept}": None for concept in counts}
    names |= {f"D{concept}": None for concept, times in counts.items() if times >= 2 and concept in SELLING}
    names[f"selling {_step(selling, (0.01, 0.25, 0.5, 0.8, 1.1))}"] = None
    names[f"talking {_step(talking, (0.01, 0.25, 0.5, 0.8))}"] = None
    for place, concepts in enumerate(found):
        for near in found[place + 1 : place + 3] if concepts else ():
            names |= {
                f"P{one}+{two}": None
                for one in concepts
                for two in near
                if one != two and (one in SELLING or two in SELLING)
            }
    return tuple(names)


def _step(value: float, steps: tuple[float, ...]) -> int:
    return sum(value >= step for step in steps)
