"""News of a comment for ten thousand subscribers of its discussion, beside django-comments-xtd's thread for each."""

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
from benchmarks.site.sink import Sink, counting_sink

SUBSCRIBERS: Final = 10_000
MAILS: Final = 5_000
FEWER: Final = 1_000
"""So many of the mails are sent on SQLite and on PostgreSQL: all of them would take minutes."""
SENT: Final = 500
"""Mails that are sent to see how much memory that needs: they are traced, which is slow."""
KILLED: Final = 1_000
"""Mails that a worker is to send which is killed in the middle of them."""
BATCH: Final = 50
STOCK: Final = 1_000
"""Followers of the stock site: a thread for each of ten thousand is more than many machines allow a process."""
SAME: Final = 1.5
"""Times that a post may take of one that nobody hears of: the machine is noisy."""
FLAT: Final = 2.0
"""Megabytes that the memory of a step may grow by for ten times as many: the batches are the same."""


def run() -> list[Row]:
    """Measure on SQLite, and on PostgreSQL where one answers; then the stock site."""
    with TemporaryDirectory() as folder:
        killed = _figures_of("benchmarks.site.killed_news", KILLED, url=f"sqlite:///{folder}/killed.sqlite3")
    alone = _figures_of("benchmarks.site.news", SUBSCRIBERS, MAILS, SENT, url="sqlite://:memory:")
    ours = [*_rows("SQLite", alone, MAILS), *_memory(alone)]
    return [*ours, *_on_postgresql(), *_stock(alone["threads"], killed)]


def _on_postgresql() -> Iterator[Row]:
    try:
        with empty_database() as url:
            found = _figures_of("benchmarks.site.news", SUBSCRIBERS, FEWER, url=url)
            yield from _rows("PostgreSQL", found, FEWER)
    except Skipped as reason:
        yield Row(name="notify: PostgreSQL", value=None, note=f"skipped: {reason}")


def _figures_of(module: str, *numbers: int, url: str) -> dict[str, Any]:
    done = _run(module, *map(str, numbers), DATABASE_URL=url)
    if done.returncode:
        raise Skipped(done.stderr.strip().splitlines()[-1])
    return dict(json.loads(done.stdout))


def _rows(database: str, found: dict[str, Any], mails: int) -> Iterator[Row]:
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
    for peer, who in (("django", "Django's send_messages"), ("bare", "smtplib on one connection")):
        name = f"{about} mails sent, beside {who}"
        note = "the peer's are prepared; ours are collected, composed and marked as sent each"
        yield Row(
            name=name, value=found["ours"], unit="/s", peer=found[peer], ratio=found["ours"] / found[peer], note=note
        )
    most = mails // BATCH
    holds = found["connections"] <= most and found["mails"] == mails
    name = f"{about} connections for {mails:,} mails"
    yield Row(name=name, value=found["connections"], bar=f"≤ {most}", holds=holds)


def _memory(found: dict[str, Any]) -> Iterator[Row]:
    for step, number in (("expanding", SUBSCRIBERS), ("collecting", SUBSCRIBERS), ("sending", SENT)):
        few, every = found[f"{step}, few"], found[f"{step}, all"]
        yield Row(
            name=f"notify, SQLite: memory of {step} {number:,}",
            value=every,
            unit="MB",
            bar=f"≤ {FLAT:g} MB more",
            holds=every - few <= FLAT,
            note=f"at its height; {few:.1f} MB for {number // 10:,}",
        )


def _stock(threads: int, ours: dict[str, int]) -> Iterator[Row]:
    about = f"notify, stock django-comments-xtd with {STOCK:,} followers:"
    with counting_sink() as sink:
        whole, _counts = _stock_run(sink)
        killed, counts = _stock_run(sink, "kill")
    yield Row(name=f"{about} a post", value=None, peer=whole["seconds"] * 1000, note="ms; it renders a mail for each")
    yield Row(name=f"{about} threads", value=threads, peer=whole["threads"], note="begun by one request")
    lost, twice = KILLED - ours["people"], ours["mails"] - ours["people"]
    note = (
        f"of {STOCK:,}, killed when the request was answered, after {killed['seconds']:.1f} s; "
        f"ours: of {KILLED:,}, the worker killed after {ours['killed after']:,}, {twice} sent twice"
    )
    holds = lost == 0 and twice <= 1
    yield Row(
        name=f"{about} mails lost",
        value=lost,
        peer=STOCK - counts["mails"],
        bar="0, at most 1 sent twice",
        holds=holds,
        note=note,
    )


def _stock_run(sink: Sink, *how: str) -> tuple[dict[str, Any], dict[str, int]]:
    sink.counted()
    port = str(sink.port)
    done = _run("benchmarks.site.stock_news", str(STOCK), *how, DATABASE_URL="sqlite://:memory:", SMTP_PORT=port)
    return dict(json.loads(done.stdout)), sink.counted()


def _run(module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.site.news_settings", **environment}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env={**os.environ, **settings}, check=False, capture_output=True, text=True)
