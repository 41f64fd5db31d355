"""Reads a page of documentation as a list of steps, so that a test can follow it word for word.

A fenced block is a step. ``console`` blocks hold commands after ``$``. Any other block is the content of the file that
the sentence before it names in backticks, last; "At the end of" (in any language of the docs) appends to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FENCE: Final = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
AT_THE_END: Final = ("At the end of", "В конец")


@dataclass(frozen=True)
class Commands:
    """Commands to run one after another."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """Text to write into a file, or to add at its end."""

    file: str
    text: str
    append: bool
    part: str
    """The heading under which it stands."""


Step = Commands | Text


def steps(page: Path) -> list[Step]:
    """Return the steps of a page. Raises ValueError for a block that says not where it belongs."""
    source = page.read_text(encoding="utf-8")
    return [_step(source[: block.start()], block[1], block[2]) for block in FENCE.finditer(source)]


def _step(before: str, language: str, text: str) -> Step:
    if language == "console":
        return Commands(tuple(line.removeprefix("$ ") for line in text.splitlines()))
    sentence = re.split(r"(?<=[.:!?])\s+(?=[A-ZА-Я])|\n\n", before.strip())[-1]
    files = re.findall(r"`([\w./]+\.\w+)`", sentence)
    if not files:
        raise ValueError(f"Which file is this for? {sentence!r}\n{text}")
    headings = re.findall(r"(?m)^#+ (.*)$", re.sub(FENCE, "", before))
    return Text(files[-1], text, sentence.startswith(AT_THE_END), headings[-1])
