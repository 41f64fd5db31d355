"""Sketches of texts (MinHash, Broder 1997): how alike two texts are, without keeping them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Final
from zlib import crc32

from smo_kit.spam.reading import read

HASHES: Final = 16
ROWS: Final = 2
"""Hashes in a band: texts that have half of their shingles in common share a band in nine cases of ten."""
ALIKE: Final = 0.5
"""Share of hashes in common from which on texts are look-alikes."""
FEWEST: Final = 4
"""Words that a text has at least, or nobody's "Thank you!" could be said twice."""
FEW: Final = 8
"""Words below which only the same text is a look-alike: of so few pairs, some are everybody's."""
_ODD: Final = 2654435761
"""Knuth's multiplier: neighbouring checksums end up far apart."""


def sketch_of(text: str) -> tuple[int, ...]:
    """Return the text's sketch: 16 numbers of 32 bits; () for one that two people might write by chance.

    One hash of each pair of words, the smallest in each of 16 bins; an empty bin borrows from the next one
    (Shrivastava and Li, "Densifying one permutation hashing", 2014).
    """
    words = read(text).words
    if len(words) < FEWEST:
        return ()
    bins: list[int | None] = [None] * HASHES
    for one, two in pairwise(words):
        value = crc32(f"{one} {two}".encode("utf-8", "replace")) * _ODD & 0xFFFFFFFF
        place, rest = value >> 28, value & 0x0FFFFFFF
        held = bins[place]
        bins[place] = rest if held is None else min(held, rest)
    return tuple(_borrowed(bins, place) for place in range(HASHES))


def _borrowed(bins: Sequence[int | None], place: int) -> int:
    for distance in range(HASHES):
        held = bins[(place + distance) % HASHES]
        if held is not None:
            return held + (distance << 28)
    raise ValueError("A text without words has no sketch.")


def bands_of(sketch: Sequence[int]) -> list[int]:
    """Return the pieces by which look-alikes are found: numbers of 63 bits."""
    pieces = [sketch[start : start + ROWS] for start in range(0, len(sketch), ROWS)]
    return [
        int.from_bytes(blake2b(struct.pack(f"<B{ROWS}I", place, *piece), digest_size=8).digest(), "big") >> 1
        for place, piece in enumerate(pieces)
    ]


def alikeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Return about how much of their word pairs two texts have in common, 0 to 1."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / HASHES


def needed_alikeness(text: str) -> float:
    """Return how alike another text must be to be called a look-alike of this one."""
    return ALIKE if len(read(text).words) >= FEW else 1.0


def pack(sketch: Iterable[int]) -> bytes:
    return struct.pack(f"<{HASHES}I", *sketch)


def unpack(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{HASHES}I", data)
