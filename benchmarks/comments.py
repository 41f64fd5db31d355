"""A discussion of a thousand comments and a thread of a hundred thousand, beside django-comments-xtd's own pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from benchmarks import Row, Skipped
from benchmarks.server import empty_database

FASTER: Final = 20
COLD_QUERIES: Final = 8
WARM_QUERIES: Final = 3
SAME: Final = 2.0
"""Times that a page, or a post, of the long thread may take of one of the short: the machine is noisy."""


def run() -> list[Row]:
    """Measure on SQLite, and on PostgreSQL where one answers."""
    return [*_on_sqlite(), *_on_postgresql()]


def _on_sqlite() -> Iterator[Row]:
    yield from _rows("SQLite", _measured("sqlite://:memory:"))


def _on_postgresql() -> Iterator[Row]:
    try:
        with empty_database() as url:
            yield from _rows("PostgreSQL", _measured(url))
    except Skipped as reason:
        yield Row(name="comments: PostgreSQL", value=None, note=f"skipped: {reason}")


def _measured(url: str) -> dict[str, Any]:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.site.talk_settings"}
    command = [sys.executable, "-m", "benchmarks.site.talk"]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def _rows(database: str, found: dict[str, Any]) -> Iterator[Row]:
    for state, most in (("cold", COLD_QUERIES), ("warm", WARM_QUERIES)):
        yield _times_faster(
            f"comments, {database}: 1,000 for an anonymous reader, {state}", found[state], found["stock"]
        )
        queries, stock = found[f"{state} queries"], found["stock queries"]
        name = f"comments, {database}: queries, {state}"
        yield Row(name=name, value=queries, peer=stock, bar=f"≤ {most}", holds=queries <= most)
    for what in ("long thread", "long thread, middle"):
        yield _as_long(f"comments, {database}: a page of a thread of 100,000 ({what})", found[what], found["cold"])
    name = f"comments, {database}: a post into a thread of 100,000"
    yield _as_long(name, found["post, long thread"], found["post, short thread"])
    name = f"comments, {database}: 1,000 of a stock site taken in"
    yield Row(name=name, value=found["taken in"], unit="s", note="once, by the first reader or by smo_repair_threads")


def _times_faster(name: str, ours: float, peer: float) -> Row:
    ratio = peer / ours
    bar = f"≥ {FASTER} × faster"
    return Row(name=name, value=ours, unit="ms", peer=peer, ratio=ratio, bar=bar, holds=ratio >= FASTER)


def _as_long(name: str, ours: float, short: float) -> Row:
    ratio = ours / short
    note = f"{short:.1f} ms where there are 1,000"
    return Row(name=name, value=ours, unit="ms", ratio=ratio, bar=f"≤ {SAME:g} ×", holds=ratio <= SAME, note=note)
