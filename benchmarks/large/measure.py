"""``python -m benchmarks.large.measure``: measure one site as it is now, and print the figures as JSON.

Everything runs in this process, on one connection: each page by Django's test client, each command by its name. The
best of several runs counts: what else the machine does only adds.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo_site.settings")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.large.target import Target  # noqa: E402
from benchmarks.large.targets import targets  # noqa: E402

RUNS: Final = 3
LONG: Final = 2.0
"""Seconds; what takes longer is run once."""
READ: Final = "SELECT COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables"


@dataclass(slots=True)
class Figure:
    """What one thing costs. Seconds; ``rows`` are those that PostgreSQL read in tables, None where nobody says."""

    name: str
    wall: float
    processor: float
    queries: int
    rows: int | None
    growth: float
    most: int
    why: str
    error: str = ""


def measure(target: Target) -> Figure:
    """Run it, and return what it costs: once to warm up and to count, then to measure the time."""
    try:
        cache.clear()
        queries, rows, first = _counted(target.run)
        best = first
        for _ in range(RUNS if first[0] < LONG else 0):
            if target.is_cold:
                cache.clear()
            best = min(best, _timed(target.run))
    except Exception as error:  # a page that fails is a line of the table
        said = f"{type(error).__name__}: {error}"[:300]
        return Figure(target.name, 0.0, 0.0, 0, None, target.growth, target.most, target.why, error=said)
    return Figure(target.name, *best, queries, rows, target.growth, target.most, target.why)


def _counted(run: Callable[[], object]) -> tuple[int, int | None, tuple[float, float]]:
    number = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*args)

    with transaction.atomic(), connection.execute_wrapper(count):
        before = _read()
        times = _timed(run)
        counted = number
        after = _read()
    return counted - (before is not None), after - before if before is not None and after is not None else None, times


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    with _quiet():
        run()
    return time.perf_counter() - wall, time.process_time() - processor


def _read() -> int | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return int(cursor.fetchone()[0])


@contextmanager
def _quiet() -> Iterator[None]:
    """What commands print is none of ours."""
    kept, sys.stdout = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout = kept


def main(wanted: list[str]) -> None:
    """Print a figure of each target (of those whose names contain one of these words)."""
    found: list[Figure] = []
    for target in targets():
        if wanted and not any(word in target.name for word in wanted):
            continue
        found.append(measure(target))
        one = found[-1]
        print(
            f"  {one.name:<60} {one.wall * 1000:>9.1f} ms {one.queries:>5} q {one.rows or 0:>9} rows {one.error}",
            file=sys.stderr,
            flush=True,
        )
    print(json.dumps([asdict(one) for one in found]))


if __name__ == "__main__":
    main(sys.argv[1:])
