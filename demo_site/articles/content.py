"""Texts that lie beside the code: Markdown with a head of ``name: value`` lines between two rulers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

RULER = "---"
_LOCKED = re.compile(r"^@locked (.+)\n", re.MULTILINE)
"""From here on a text is for those who have opened it; what follows in the line says what that is."""


class NoHead(ValueError):
    """A file of the magazine has no head to read."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file}: begin with a line {RULER}, lines 'name: value', and a line {RULER}.")


@dataclass(frozen=True, slots=True)
class Text:
    """A file of the magazine. ``head`` has everything that stood above the body."""

    body: str
    head: dict[str, str] = field(default_factory=dict)
    teaser: str = ""
    more: str = ""

    @property
    def title(self) -> str:
        return self.head.get("title", "")

    @property
    def lead(self) -> str:
        return self.head.get("lead", "")

    def words(self, name: str) -> list[str]:
        """Return a list that stood on one line, with commas."""
        return [word for one in self.head.get(name, "").split(",") if (word := one.strip())]


def read(file: Path) -> Text:
    """Return a text. Raises NoHead."""
    ruler, _, rest = file.read_text(encoding="utf-8").partition("\n")
    head, end, body = rest.partition(f"\n{RULER}\n")
    if ruler.strip() != RULER or not end:
        raise NoHead(file)
    pairs = (line.partition(":") for line in head.splitlines() if line.strip())
    body, *locked = _LOCKED.split(body, maxsplit=1)
    return Text(body.strip(), {name.strip(): value.strip() for name, _, value in pairs}, *map(str.strip, locked))
