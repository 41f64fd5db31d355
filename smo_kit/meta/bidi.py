"""In which order the pieces of a line are seen (UAX #9): Arabic and Hebrew from right to left, their numbers not."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import regex

try:
    from bidi import algorithm
except ImportError:  # without smo-kit[cards]
    algorithm = None

T = TypeVar("T")

_RIGHT_TO_LEFT: Final = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")
LEFT_MARK: Final = "\u200e"
RIGHT_MARK: Final = "\u200f"
"""Not seen, but a letter with a direction to its neighbours."""
_DROPPED: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN", "LRI", "RLI", "FSI", "PDI"})
_STRONG: Final = {"L": 0, "R": 1, "AL": 1}
_NUMBERS: Final = frozenset({"EN", "AN"})


def is_right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction belongs to Arabic, Hebrew and their kin (UAX #9, P2)."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((_STRONG[one] == 1 for one in directions if one in _STRONG), False)


def has_right_to_left(text: str) -> bool:
    """Say whether anything in it runs from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each code point of a line in a paragraph whose own level is 0 or 1."""
    if not base and not has_right_to_left(text):
        return [0] * len(text)
    kept = [place for place, letter in enumerate(text) if unicodedata.bidirectional(letter) not in _DROPPED]
    bare = "".join(text[place] for place in kept)
    found = dict(zip(kept, _resolved(bare, base), strict=True))
    last, every = base, []
    for place in range(len(text)):
        last = found.get(place, last)
        every.append(last)
    return every


def visual(pieces: Sequence[tuple[T, int]]) -> list[tuple[T, int]]:
    """Return pieces with their levels in the order in which they stand on the line (rule L2)."""
    ordered = list(pieces)
    highest = max((level for _, level in ordered), default=0)
    for level in range(highest, 0, -1):
        place = 0
        while place < len(ordered):
            end = place
            while end < len(ordered) and ordered[end][1] >= level:
                end += 1
            ordered[place:end] = ordered[place:end][::-1]
            place = end + 1
    return ordered


def _resolved(text: str, base: int) -> list[int]:
    if algorithm is None:
        return _guessed(text, base)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = [int(one["level"]) for one in storage["chars"]]
    return found if len(found) == len(text) else _guessed(text, base)


def _guessed(text: str, base: int) -> list[int]:
    """Without python-bidi: letters by their own direction, numbers as left to right, the rest as its neighbours."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    strong = [_STRONG.get(kind) for kind in kinds]
    found: list[int] = []
    before = base
    for place, kind in enumerate(kinds):
        here = strong[place]
        if here is not None:
            before = here
        elif kind in _NUMBERS:
            here = 2 if before or base else 0
        else:
            behind = next((one for one in strong[place:] if one is not None), base)
            here = before if before == behind else base
        found.append(2 if here == 0 and base else here)
    return found
