"""A Sphinx extension that lists what the suite logs from its code: each event's name, level and text.

It takes the place of the line ``<!-- events -->`` in ``events.md``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import smo_kit

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PLACE: Final = "<!-- events -->"
SUITE: Final = Path(smo_kit.__file__).parent


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx what to do with a page that it has read."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True}


def _fill(app: Sphinx, name: str, source: list[str]) -> None:
    source[0] = source[0].replace(PLACE, events_markdown())


def events_markdown() -> str:
    """Return a table of all events by name."""
    rows = sorted({row for file in SUITE.rglob("*.py") for row in _rows(ast.parse(file.read_text(encoding="utf-8")))})
    return "\n".join(["| event | level | what is said | fields |", "|---|---|---|---|", *rows])


def _rows(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        extra = next((one.value for one in getattr(call, "keywords", ()) if one.arg == "extra"), None)
        if not (isinstance(call, ast.Call) and isinstance(extra, ast.Call) and ast.unparse(extra.func) == "event"):
            continue
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        text = texts[0].replace("|", "\\|") if texts else ""
        fields = ", ".join(f"`{one.arg}`" for one in extra.keywords)
        level = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        yield f"| `{extra.args[0].value}` | {level.replace('exception', 'error')} | {text} | {fields} |"  # type: ignore[attr-defined]
