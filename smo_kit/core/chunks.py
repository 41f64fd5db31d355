"""Many things, some hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

CHUNK: Final = 500
"""As many as every database takes in one query."""

T = TypeVar("T")


def in_chunks(things: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Return things in lists of ``size``, the last of what is left; each is read when it is asked for."""
    left = iter(things)
    while chunk := list(islice(left, size)):
        yield chunk
