"""Where a comment stands among the others, as a path: the ids of those above it and its own, in digits.

A path never changes, so writers need not wait for each other to find a place, and sorting by it gives each comment
before its replies, older before newer. Digits alone sort alike under every collation of the three databases.
"""

from __future__ import annotations

from typing import Final

from smo_kit.comments.conf import DEEPEST

DIGITS: Final = 10
"""Digits of one id: django-comments counts in 32 bits."""
LONGEST: Final = DIGITS * (DEEPEST + 1)


def step(pk: int) -> str:
    """Return an id as a part of a path."""
    return f"{pk:0{DIGITS}}"


def path_under(parent: str, pk: int) -> str:
    """Return the path of a comment under that of its parent ("": it starts a thread).

    A comment that would stand too deep for a path is put beside the last one that fits.
    """
    return parent[: LONGEST - DIGITS] + step(pk)


def ids_of(path: str) -> list[int]:
    """Return the ids of a path, from that of the thread's root to its own."""
    return [int(path[start : start + DIGITS]) for start in range(0, len(path), DIGITS)]


def ancestors_of(path: str) -> list[int]:
    """Return the ids of those above a comment, the thread's root first."""
    return ids_of(path)[:-1]


def level_of(path: str) -> int:
    """Return how many comments stand above: 0 for the root of a thread."""
    return len(path) // DIGITS - 1


def last_under(path: str) -> str:
    """Return a path after that of each comment below this one, and before those of all others."""
    return path + "9" * DIGITS
