"""Reads a page of documentation as a list of steps, so that a test can follow it word for word.

A fenced block is a step. ``console`` blocks hold commands after ``$``. Any other block is the content of the file that
the sentence before it names in backticks, last; "At the end of" (in any language of the docs) appends to it, and a
``diff`` block changes it: lines after ``-`` give way to those after ``+``, where the others stand around them.
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


@dataclass(frozen=True)
class Change:
    """Lines of a file that give way to others."""

    file: str
    before: str
    after: str
    part: str


Step = Commands | Text | Change


def steps(page: Path, part: str = "") -> list[Step]:
    """Return the steps of a page, or of the part below one of its second headings.

    Raises ValueError for a block that says not where it belongs, or where the page has no such part.
    """
    source = page.read_text(encoding="utf-8")
    if part:
        parts = dict(re.findall(r"(?ms)^## (.*?)$(.*?)(?=^## |\Z)", source))
        if part not in parts:
            raise ValueError(f"{page.name} has no part {part!r}")
        source = parts[part]
    return [_step(source[: block.start()], block[1], block[2]) for block in FENCE.finditer(source)]


def _step(before: str, language: str, text: str) -> Step:
    if language == "console":
        return Commands(tuple(line.removeprefix("$ ") for line in text.splitlines()))
    sentence = re.split(r"(?<=[.:!?])\s+(?=[A-ZА-Я])|\n\n", before.strip())[-1]
    files = re.findall(r"`([\w./]+\.\w+)`", sentence)
    if not files:
        raise ValueError(f"Which file is this for? {sentence!r}\n{text}")
    heading = next(reversed(re.findall(r"(?m)^#+ (.*)$", re.sub(FENCE, "", before))), "")
    if language == "diff":
        return Change(files[-1], _lines(text, without="+"), _lines(text, without="-"), heading)
    return Text(files[-1], text, sentence.startswith(AT_THE_END), heading)


def _lines(text: str, *, without: str) -> str:
    return "".join(line[1:] or "\n" for line in text.splitlines(keepends=True) if not line.startswith(without))
