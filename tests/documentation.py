"""The pages of the documentation and the blocks of code in them, for the tests that look at all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
PAGES: Final = [
    *sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts),
    ROOT / "README.md",
]
_FENCE: Final = re.compile(r"(?ms)^(`{3,}|:{3,})([^\n`]*)\n(.*?)^\1[ ]*$")


@dataclass(frozen=True)
class Block:
    """A block of code, and where it begins."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(*languages: str) -> list[Block]:
    """Return the blocks of all pages in these languages; without one, all blocks."""
    found = [one for page in PAGES for one in _blocks_of(page)]
    return [one for one in found if one.language in languages] if languages else found


def prose(page: Path) -> str:
    """Return a page without its blocks of code, each line where it was."""
    return _FENCE.sub(lambda found: "\n" * found[0].count("\n"), page.read_text(encoding="utf-8"))


def _blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text[: found.start()].count("\n") + 1, found[2].strip(), found[3])
        for found in _FENCE.finditer(text)
    ]
