"""What is looked for: runs of words as numbers, so that a library of hidden texts needs little room.

A leak is a run of eight words in a row that a lock hides; of a part that is shorter, the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

RUN: Final = 8
"""Words."""
MOST: Final = 1_000_000
"""Runs that are remembered, some 100 MB. Of more only every second, fourth … is: longer leaks are found as before."""
LETTERS: Final = 8
"""A part of one word that is shorter than this is told from no other text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that a part hides."""

    part: int
    start: int
    end: int


class Index:
    """Remembers hidden parts by their numbers, and finds them in texts."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._every = 1
        self._runs: dict[int, tuple[int, ...]] = {}
        self._short: dict[int, dict[int, tuple[int, ...]]] = {}
        """By their number of words."""

    def __len__(self) -> int:
        return len(self._runs) + sum(map(len, self._short.values()))

    def add(self, part: int, words: Sequence[str]) -> bool:
        """Remember a part; False if it is too short to be told from other texts."""
        if not words or (len(words) == 1 and len(words[0]) < LETTERS):
            return False
        alone = (part,)
        if len(words) < RUN:
            _note(self._short.setdefault(len(words), {}), hash(tuple(words)), alone)
            return True
        for _start, number in _runs(words, RUN):
            if number % self._every == 0:
                _note(self._runs, number, alone)
        while len(self._runs) > self._most:
            self._every *= 2
            self._runs = {number: parts for number, parts in self._runs.items() if number % self._every == 0}
        return True

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return what a text has of hidden parts: for each part its first run, as long as it goes on."""
        found: dict[int, Hit] = {}
        for start, length, parts in self._met(words):
            for part in parts:
                hit = found.get(part)
                if hit is None:
                    found[part] = Hit(part, start, start + length)
                elif start <= hit.end:
                    found[part] = Hit(part, hit.start, max(hit.end, start + length))
        return list(found.values())

    def _met(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        for length, known in ((RUN, self._runs), *self._short.items()):
            if known:
                for start, number in _runs(words, length):
                    if number in known:
                        yield start, length, known[number]


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[int, int]]:
    """Yield (place, number) of each run of so many words."""
    for start in range(len(words) - length + 1):
        yield start, hash(tuple(words[start : start + length]))


def _note(known: dict[int, tuple[int, ...]], number: int, part: tuple[int, ...]) -> None:
    others = known.get(number)
    known[number] = part if others is None else others if part[0] in others else others + part
