"""The index of related pages of a site of 100,000: the rebuild, and a save in a process that has just started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks import Row, Skipped
from benchmarks.server import empty_database

PAGES: Final = int(os.environ.get("BENCH_PAGES", "100000"))
REBUILD: Final = 600
SAVE: Final = 2.0
MEMORY: Final = 300
MEMORY_OF_REBUILD: Final = 2048


def run() -> list[Row]:
    """Measure on SQLite, in a file; and on PostgreSQL where ``BENCH_POSTGRES`` names one."""
    with TemporaryDirectory() as folder:
        rows = list(_rows("SQLite", f"sqlite:///{folder}/site.sqlite3"))
    return [*rows, *_on_postgresql()] if os.environ.get("BENCH_POSTGRES") else rows


def _on_postgresql() -> Iterator[Row]:
    try:
        with empty_database() as url:
            yield from _rows("PostgreSQL", url)
    except Skipped as reason:
        yield Row(name="related: PostgreSQL", value=None, note=f"skipped: {reason}")


def _rows(database: str, url: str) -> Iterator[Row]:
    about = f"related, {database}, {PAGES:,} pages:"
    _figures("fill", str(PAGES), url=url)
    whole = _figures("rebuild", url=url)
    phases = ", ".join(f"{name.partition(',')[0]} {value:.0f}" for name, value in whole.items() if ", " in name)
    yield _within(f"{about} rebuild", whole["seconds"], "s", REBUILD, f"of processor: {phases} s")
    yield _within(f"{about} memory of the rebuild", whole["megabytes"], "MB", MEMORY_OF_REBUILD, "at its height")
    one = _figures("save", url=url)
    note = f"{one['processor']:.2f} s of processor; it is now a neighbour of {one['neighbour of']} pages"
    yield _within(f"{about} a save in a fresh process", one["seconds"], "s", SAVE, note)
    yield _within(f"{about} memory of that process", one["megabytes"], "MB", MEMORY, "at its height")


def _within(name: str, value: float, unit: str, most: float, note: str) -> Row:
    return Row(name=name, value=value, unit=unit, bar=f"≤ {most:g} {unit}", holds=value <= most, note=note)


def _figures(*words: str, url: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.site.related", *words]
    done = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(done.stderr.strip().splitlines()[-1])
    return dict(json.loads(done.stdout))
