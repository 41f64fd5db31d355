"""The signals of each app, with the comment that stands above each."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.dispatch import Signal

import smo_kit

from .words import plain

SUITE = Path(smo_kit.__file__).parent


def signals_markdown() -> str:
    """Return a section for each module that has signals."""
    parts = []
    for file in sorted(SUITE.glob("*/signals.py")):
        module = f"smo_kit.{file.parent.name}.signals"
        found = [f"### `{name}`\n\n{words}" for name, words in _signals(module, file)]
        parts += [f"## `{module}`", *found] if found else []
    return "\n\n".join(parts)


def _signals(module: str, file: Path) -> Iterator[tuple[str, str]]:
    """Return each signal with the comment above it, or above the signal right before it."""
    known = vars(import_module(module))
    above: list[str] = []
    is_said = False
    for line in file.read_text(encoding="utf-8").splitlines():
        name = line.partition("=")[0].partition(":")[0].strip()
        if line.startswith("# "):
            above, is_said = ([] if is_said else above) + [line[2:]], False
        elif isinstance(known.get(name), Signal):
            yield name, plain("\n".join(above))
            is_said = True
        else:
            above, is_said = [], False
