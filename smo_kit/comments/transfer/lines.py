"""Files of JSON lines: an object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from smo_kit.comments.transfer.foreign import BadFile, opened

LONGEST: Final = 50_000_000
"""Bytes of a line: no object is as long."""


def objects(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of each line that is not empty. Raises BadFile, which names the line; OSError."""
    number = 0
    try:
        with opened(file) as raw:
            for number, line in enumerate(iter(lambda: raw.readline(LONGEST + 1), b""), 1):
                if len(line) > LONGEST:
                    raise BadFile(f"line {number}: it is longer than {LONGEST // 1_000_000} MB.")
                if line.strip():
                    yield number, _object(number, line)
    except EOFError as error:
        raise BadFile(f"line {number + 1}: the file ends in the middle. Copy it anew.") from error


def _object(number: int, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadFile(f"line {number}: this is no JSON ({error}).") from error
    if not isinstance(found, dict):
        raise BadFile(f"line {number}: this must be an object, like {{…}}.")
    return found
