"""Words of the code as Markdown has them."""

from __future__ import annotations

import inspect
from collections.abc import Sequence


def plain(text: str) -> str:
    """Return a comment or docstring as Markdown."""
    return inspect.cleandoc(text.replace("``", "`")).strip()


def in_cell(text: str) -> str:
    """Return a text for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table, "" without a row."""
    if not rows:
        return ""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(map(in_cell, line))} |" for line in lines)
