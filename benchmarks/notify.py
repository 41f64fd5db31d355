"""News of a comment for ten thousand subscribers of its discussion, beside django-comments-xtd's thread for each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from benchmarks import Row, Skipped
from benchmarks.server import empty_database
from benchmarks.site.sink import Sink, counting_sink

SUBSCRIBERS: Final = 10_000
MAILS: Final = 2_000
BATCH: Final = 50
STOCK: Final = 1_000
"""Followers of the stock site: a thread for each of ten thousand is more than many machines allow a process."""
SAME: Final = 1.5
"""Times that a post may take of one that nobody hears of: the machine is noisy."""
FLAT: Final = 2.0
"""Megabytes that the memory of the expansion may grow by for ten times as many: the batches are the same."""


def run() -> list[Row]:
    """Measure on SQLite, and on PostgreSQL where one answers; then the stock site."""
    return [*_rows("SQLite", _measured("sqlite://:memory:")), *_on_postgresql(), *_stock()]


def _on_postgresql() -> Iterator[Row]:
    try:
        with empty_database() as url:
            yield from _rows("PostgreSQL", _measured(url))
    except Skipped as reason:
        yield Row(name="notify: PostgreSQL", value=None, note=f"skipped: {reason}")


def _measured(url: str) -> dict[str, Any]:
    done = _run("benchmarks.site.news", str(SUBSCRIBERS), str(MAILS), DATABASE_URL=url)
    if done.returncode:
        raise Skipped(done.stderr.strip().splitlines()[-1])
    return dict(json.loads(done.stdout))


def _rows(database: str, found: dict[str, Any]) -> Iterator[Row]:
    about = f"notify, {database}:"
    ours, alone = found["post, all"], found["post, nobody"]
    yield Row(
        name=f"{about} a post that {SUBSCRIBERS:,} hear of",
        value=ours,
        unit="ms",
        ratio=ours / alone,
        bar=f"≤ {SAME:g} ×",
        holds=ours / alone <= SAME,
        note=f"{alone:.1f} ms where nobody does",
    )
    yield Row(name=f"{about} deliveries made of it", value=SUBSCRIBERS / found["expansion"], unit="/s")
    few, every = found["memory, few"], found["memory, all"]
    note = f"at its height; {few:.1f} MB for {SUBSCRIBERS // 10:,}"
    holds = every - few <= FLAT
    yield Row(name=f"{about} memory of that", value=every, unit="MB", bar=f"≤ {FLAT:g} MB more", holds=holds, note=note)
    for peer, who in (("django", "Django's send_messages"), ("bare", "smtplib on one connection")):
        name = f"{about} mails sent, beside {who}"
        note = "the peer's are prepared; ours are collected, composed and marked as sent each"
        yield Row(
            name=name, value=found["ours"], unit="/s", peer=found[peer], ratio=found["ours"] / found[peer], note=note
        )
    most = MAILS // BATCH
    holds = found["connections"] <= most and found["mails"] == MAILS
    name = f"{about} connections for {MAILS:,} mails"
    yield Row(name=name, value=found["connections"], bar=f"≤ {most}", holds=holds)


def _stock() -> Iterator[Row]:
    about = f"notify, stock django-comments-xtd with {STOCK:,} followers:"
    with counting_sink() as sink:
        whole, _counts = _stock_run(sink)
        killed, counts = _stock_run(sink, "kill")
    yield Row(name=f"{about} a post", value=None, peer=whole["seconds"] * 1000, note="ms; it renders a mail for each")
    yield Row(name=f"{about} threads", value=0, peer=whole["threads"], note="begun by one request")
    lost = STOCK - counts["mails"]
    note = f"killed when the request was answered, after {killed['seconds']:.1f} s; ours: none, see the fault tests"
    yield Row(name=f"{about} mails lost", value=0, peer=lost, note=note)


def _stock_run(sink: Sink, *how: str) -> tuple[dict[str, Any], dict[str, int]]:
    sink.counted()
    port = str(sink.port)
    done = _run("benchmarks.site.stock_news", str(STOCK), *how, DATABASE_URL="sqlite://:memory:", SMTP_PORT=port)
    return dict(json.loads(done.stdout)), sink.counted()


def _run(module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.site.news_settings", **environment}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env={**os.environ, **settings}, check=False, capture_output=True, text=True)
