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


def _rows(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    constants = _constants(tree)
    for call in ast.walk(tree):
        extra = next((one.value for one in getattr(call, "keywords", ()) if one.arg == "extra"), None)
        if not (isinstance(call, ast.Call) and isinstance(extra, ast.Call) and ast.unparse(extra.func) == "event"):
            continue
        texts = [text for one in call.args if isinstance(text := _text(one, constants), str)]
        level = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        fields = ", ".join(f"`{one.arg}`" for one in extra.keywords)
        name = ast.literal_eval(extra.args[0])
        yield f"`{name}`", level.replace("exception", "error"), "".join(texts[:1]), fields


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the values that a module gives names to."""
    return {ast.unparse(one.target): one.value for one in tree.body if isinstance(one, ast.AnnAssign) and one.value}


def _text(arg: ast.expr, constants: dict[str, ast.expr]) -> object:
    """Return the text that an argument is, or names."""
    value = constants.get(arg.id, arg) if isinstance(arg, ast.Name) else arg
    return value.value if isinstance(value, ast.Constant) else None
