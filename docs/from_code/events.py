"""What the suite logs: each event's name, level, text and fields, from the calls that log it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import smo_kit

from .words import table

SUITE = Path(smo_kit.__file__).parent
HEADS = ("event", "level", "what is said", "fields")


def events_markdown() -> str:
    """Return a table of all events by name."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in SUITE.rglob("*.py"))
    return table(HEADS, sorted({row for tree in trees for row in _rows(tree)}))


def _rows(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    for call in ast.walk(tree):
        extra = next((one.value for one in getattr(call, "keywords", ()) if one.arg == "extra"), None)
        if not (isinstance(call, ast.Call) and isinstance(extra, ast.Call) and ast.unparse(extra.func) == "event"):
            continue
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        level = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        fields = ", ".join(f"`{one.arg}`" for one in extra.keywords)
        name = ast.literal_eval(extra.args[0])
        yield f"`{name}`", level.replace("exception", "error"), "".join(texts[:1]), fields
