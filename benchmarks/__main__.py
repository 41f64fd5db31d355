"""``python -m benchmarks [NAME…]``: run all benchmarks, or those named; print a table and write it.

It is in ``results.json`` and ``results.md`` then. Ends with 1 if a promise is broken.
"""

from __future__ import annotations

import json
import platform
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import django

from benchmarks import Row, Skipped
from benchmarks.machine import machine
from benchmarks.server import ADMIN

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results.json"
HEADINGS: Final = ("", "ours", "peer", "ratio", "promised", "", "note")


def main(wanted: Sequence[str]) -> int:
    """Run, print, write."""
    known = [file.stem for file in sorted(HERE.glob("*.py")) if "\ndef run(" in file.read_text(encoding="utf-8")]
    if unknown := set(wanted) - set(known):
        print(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in wanted or known:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += _rows(name)
    on = machine(ADMIN)
    print("\n".join(f"{name}: {text}" for name, text in on.items()), end="\n\n")
    print(_table(rows))
    RESULTS.write_text(json.dumps(_results(rows, on), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    RESULTS.with_suffix(".md").write_text(_markdown(rows, on), encoding="utf-8")
    broken = [row.name for row in rows if row.holds is False]
    for name in broken:
        print(f"Not as promised: {name}", file=sys.stderr)
    return 1 if broken else 0


def _rows(name: str) -> list[Row]:
    try:
        return list(import_module(f"benchmarks.{name}").run())
    except Skipped as reason:
        return [Row(name=name, value=None, note=f"skipped: {reason}")]
    except Exception as error:
        traceback.print_exc()
        return [Row(name=name, value=None, holds=False, note=f"failed: {error!r}")]


def _results(rows: list[Row], on: dict[str, str]) -> dict[str, Any]:
    known = {"python": platform.python_version(), "django": django.__version__, "machine": platform.machine()}
    return {**known, "on": on, "rows": [asdict(row) for row in rows]}


def _markdown(rows: list[Row], on: dict[str, str]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (HEADINGS, ["---"] * len(HEADINGS), *map(_cells, rows))]
    return "\n".join(["# Figures", "", *(f"- {name}: {text}" for name, text in on.items()), "", *lines, ""])


def _table(rows: list[Row]) -> str:
    lines = [HEADINGS, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    holds = {True: "holds", False: "BROKEN", None: ""}[row.holds]
    ratio = f"{_short(row.ratio)} ×" if row.ratio is not None else ""
    return row.name, f"{_short(row.value)} {row.unit}".strip(), _short(row.peer), ratio, row.bar, holds, row.note


def _short(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
