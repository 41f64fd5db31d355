"""What a file of another system's format carries of comments of ours, so that they are found again when it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from smo_kit.comments.transfer.foreign import Foreign

_LENGTHS: Final = (32, 64)
"""Letters of a source and of a mark at the most."""


def origins_of(one: Foreign) -> list[str]:
    """Return the marks of a comment, each with its source before it: that of our own format, and those it came with."""
    own = replace(one, source="smo").cleaned().mark
    return [f"{source} {mark}" for source, mark in [("smo", own), *one.more.get("origins", [])]]


def origins_in(texts: Iterable[object]) -> dict[str, Any]:
    """Return what ``origins_of`` has written as a comment's ``more`` has it; what is not of its form is left out."""
    pairs = [str(text).split(" ") for text in texts]
    right = [pair for pair in pairs if len(pair) == 2 and all(map(_fits, pair, _LENGTHS))]
    return {"origins": right} if right else {}


def _fits(word: str, most: int) -> bool:
    return 0 < len(word) <= most
