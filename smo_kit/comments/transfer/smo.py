"""The suite's own format, which loses nothing: JSON lines, an object for each comment, empty fields left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from smo_kit.comments.transfer.foreign import BadFile, Foreign
from smo_kit.comments.transfer.lines import objects


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of an export. Raises BadFile, OSError."""
    for number, given in objects(file):
        try:
            yield Foreign.from_json(given)
        except ValueError as error:
            raise BadFile(f"line {number}: {error}.") from error


def write(comments: Iterable[Foreign], file: IO[bytes]) -> int:
    """Write comments, and return how many."""
    n = 0
    for n, one in enumerate(comments, 1):  # noqa: B007  # it is how many
        file.write(json.dumps(one.as_json(), ensure_ascii=False).encode() + b"\n")
    return n
