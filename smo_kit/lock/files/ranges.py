"""Which part of a file is asked for: RFC 9110, section 14. One range is given; several at once are answered by all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_RANGE: Final = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


class Beyond(ValueError):
    """The file has no such part: the answer is 416."""


@dataclass(frozen=True, slots=True)
class Part:
    """From byte ``first`` to byte ``last``, both in it."""

    first: int
    last: int
    size: int
    """Of the whole file."""

    @property
    def length(self) -> int:
        """How many bytes that is."""
        return self.last - self.first + 1

    @property
    def header(self) -> str:
        """What Content-Range says."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def part_of(asked: str, size: int, *, if_range: str, etag: str, modified: str) -> Part | None:
    """Return the part that the header Range asks for; None: the whole file is the answer. Raises Beyond.

    ``if_range``: the header by which a download goes on only with the same bytes; it must be the strong ``etag``, or to
    the letter ``modified``, the file's Last-Modified. What is no range, or several, has no effect.
    """
    match = _RANGE.fullmatch(asked.strip())
    if match is None or (if_range and if_range.strip() not in {etag, modified}):
        return None
    first, last = match.groups()
    if first:
        return _between(int(first), int(last) if last else size, size)
    return _end(int(last), size) if last else None


def _between(first: int, last: int, size: int) -> Part | None:
    if last < first and first < size:
        return None
    if first >= size:
        raise Beyond(first)
    return Part(first, min(last, size - 1), size)


def _end(length: int, size: int) -> Part:
    if not length or not size:
        raise Beyond(length)
    return Part(max(0, size - length), size - 1, size)
