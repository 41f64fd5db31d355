"""How what something costs grows with the site, and where that is more than was promised.

Rows that the database reads, queries and processor time say the same on each machine, whatever else it does. The time
on the clock is told, and judged only where it is long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

TIMES: Final = 100
"""How much larger the last site is than the first, where it is 1, 10 and 100."""
MORE_QUERIES: Final = 10
"""The last page of a list asks more where there are more pages."""
SHORT: Final = 0.25
"""Seconds of processor that say nothing yet: a list has more rows on its page where there are more at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing at each size."""

    name: str
    figures: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, found: Sequence[Sequence[dict[str, Any]]]) -> list[Line]:
        """Return the lines of what was measured at each size; of what was not at all of them, none."""
        by_name = [{one["name"]: one for one in figures} for figures in found]
        names = [one["name"] for one in found[-1] if all(one["name"] in known for known in by_name)]
        return [cls(name, tuple(known[name] for known in by_name)) for name in names]

    @property
    def growth(self) -> float:
        """How many times as long the last takes as the first."""
        return float(self.figures[-1]["wall"] / max(self.figures[0]["wall"], 1e-6))

    @property
    def fault(self) -> str:
        """What is not as promised; "": all is."""
        first, last = self.figures[0], self.figures[-1]
        if error := next((one["error"] for one in self.figures if one["error"]), ""):
            return str(error)
        allowed = float(last["growth"])
        if (last["rows"] or 0) > max(last["most"], allowed * (first["rows"] or 0)):
            return f"{last['rows']} rows read, {first['rows']} at first"
        if last["processor"] > SHORT + allowed * first["processor"]:
            return f"{last['processor']:.2f} s of processor, {first['processor']:.2f} s at first"
        if last["wall"] > 2 * SHORT + allowed * first["wall"]:
            return f"{last['wall']:.2f} s, {first['wall']:.2f} s at first"
        if last["queries"] > first["queries"] + MORE_QUERIES and not last["why"]:
            return f"{last['queries']} queries, {first['queries']} at first"
        return ""


def broken(lines: Sequence[Line]) -> list[Line]:
    """Return those that cost more than was promised."""
    return [line for line in lines if line.fault]


def table(lines: Sequence[Line], sizes: Sequence[str]) -> str:
    """Return what a person reads on a terminal."""
    rows = [_cells(line) for line in lines]
    heads = ("", *(f"{size} ms" for size in sizes), "growth", "rows read", "queries", "", "")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows)
    )


def markdown(lines: Sequence[Line], sizes: Sequence[str], machine: dict[str, str]) -> str:
    """Return the same as a page."""
    heads = ("", *(f"{size}, ms" for size in sizes), "growth", "rows read", "queries", "holds", "why it may grow")
    said = [f"- {name}: {text}" for name, text in machine.items()]
    rows = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *map(_cells, lines))]
    return "\n".join(["# What a growing site costs", "", *said, "", *rows, ""])


def _cells(line: Line) -> tuple[str, ...]:
    last = line.figures[-1]
    return (
        line.name,
        *(f"{one['wall'] * 1000:,.0f}" for one in line.figures),
        f"{line.growth:.1f} ×" if math.isfinite(line.growth) else "",
        " → ".join("?" if one["rows"] is None else f"{one['rows']:,}" for one in line.figures),
        " → ".join(str(one["queries"]) for one in line.figures),
        "BROKEN" if line.fault else "holds",
        last["why"],
    )
