"""The templates that a site may put its own in the place of, with what each knows: its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import smo_kit

from .words import table

SUITE = Path(smo_kit.__file__).parent
HEADER = re.compile(r"\A\{#(.*?)#\}")
HEADS = ("template", "what it is, and what it knows")


def templates_markdown() -> str:
    """Return a table for each app that has templates with a header."""
    parts = []
    for folder in sorted(SUITE.rglob("templates")):
        rows = [(f"`{name}`", said) for name, said in _templates(folder)]
        app = ".".join(folder.relative_to(SUITE.parent).parts[:-1])
        parts += [f"### `{app}`\n\n{table(HEADS, rows)}"] if rows else []
    return "\n\n".join(parts)


def _templates(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each template of the suite's own folder, but for those of its admin pages."""
    for file in sorted((folder / "smo_kit").rglob("*")):
        found = HEADER.match(file.read_text(encoding="utf-8")) if file.suffix in {".html", ".txt"} else None
        if found and "preview" not in file.parts:
            yield str(file.relative_to(folder)), found[1].replace("`", "").strip()
