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
_PRIME: Final = (1 << 61) - 1
_SALTS: Final = tuple(struct.unpack("<QQ", blake2b(bytes([place]), digest_size=16).digest()) for place in range(HASHES))


def sketch_of(text: str) -> tuple[int, ...]:
    """Return the text's sketch: 16 numbers of 32 bits; () for one that two people might write by chance."""
    words = read(text).words
    if len(words) < FEWEST:
        return ()
    shingles = {crc32(f"{one} {two}".encode()) for one, two in pairwise(words)}
    return tuple(
        min((first * shingle + second) % _PRIME for shingle in shingles) & 0xFFFFFFFF for first, second in _SALTS
    )


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


def pack(sketch: Iterable[int]) -> bytes:
    return struct.pack(f"<{HASHES}I", *sketch)


def unpack(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{HASHES}I", bytes(data))
