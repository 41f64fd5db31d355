"""What is offered beside a page of a site of five thousand, and what it takes to put pages in order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from benchmarks import Row, Skipped
from benchmarks.server import empty_database

QUERIES: Final = 1


def run() -> list[Row]:
    """Measure on SQLite, and on PostgreSQL where one answers."""
    return [*_rows("SQLite", _measured("sqlite://:memory:")), *_on_postgresql()]


def _on_postgresql() -> Iterator[Row]:
    try:
        with empty_database() as url:
            yield from _rows("PostgreSQL", _measured(url))
    except Skipped as reason:
        yield Row(name="related pages: PostgreSQL", value=None, note=f"skipped: {reason}")


def _measured(url: str) -> dict[str, Any]:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.site.settings"}
    command = [sys.executable, "-m", "benchmarks.site.beside"]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def _rows(database: str, found: dict[str, Any]) -> Iterator[Row]:
    about, queries, chunk = f"related pages, {database}:", found["related queries"], found["chunk"]
    yield Row(
        name=f"{about} queries beside a page of {found['pages']:,}",
        value=queries,
        bar=f"≤ {QUERIES}",
        holds=queries <= QUERIES,
    )
    yield Row(name=f"{about} beside a page of {found['pages']:,}", value=found["related"], unit="ms")
    yield Row(name=f"{about} {chunk} pages put in order", value=found["order, first"], unit="s")
    yield Row(name=f"{about} {chunk} pages put in order, nothing is new", value=found["order, again"], unit="s")
