"""How many views a second are taken, beside django-hitcount's JSON view, and whether a stopped server loses one."""

from __future__ import annotations

import signal
import time
from statistics import median
from typing import Final

from benchmarks import Row
from benchmarks.load import Readers, rate
from benchmarks.server import WORKERS, Database, database, serving

WARM_UP: Final = 2
SECONDS: Final = 4
TURNS: Final = 3
TIMES: Final = 5
UNTIL_STOP: Final = 3
MOST_OF_PEER: Final = "≥ 5 × the peer"


def run() -> list[Row]:
    """Serve both from one site over PostgreSQL, with the same middleware and the same load."""
    with database() as pages:
        return [*_speed(pages), *_loss(pages)]


def _speed(pages: Database) -> list[Row]:
    """Measure in turns, so that a slow moment of the machine meets all."""
    keys, hitcounts = pages.pages["keys"], pages.pages["hitcounts"]
    spent: dict[str, list[float]] = {"ours": [], "direct": [], "peer": []}
    with serving(pages.url) as (port, _), serving(pages.url, BUFFER_SECONDS="0") as (direct_port, _):
        for turn in range(1 + TURNS):
            seconds = SECONDS if turn else WARM_UP
            now = {
                "ours": rate(port, "ours", keys, seconds),
                "direct": rate(direct_port, "ours", keys, seconds),
                "peer": rate(port, "peer", hitcounts, seconds),
            }
            for name, value in now.items() if turn else ():
                spent[name].append(value)
    ours, direct, peer = (median(spent[name]) for name in ("ours", "direct", "peer"))
    note = f"PostgreSQL, gunicorn with {WORKERS} sync workers; median of {TURNS} turns"
    return [
        Row(
            name="beacon: views taken",
            value=ours,
            unit="/s",
            peer=peer,
            ratio=ours / peer,
            bar=MOST_OF_PEER,
            holds=ours >= TIMES * peer,
            note=note,
        ),
        Row(name="beacon: the same, each written at once", value=direct, unit="/s", peer=peer, ratio=direct / peer),
    ]


def _loss(pages: Database) -> list[Row]:
    """Stop the server with SIGTERM while readers report; what was answered with 204 must be in the database."""
    before = pages.total()
    with serving(pages.url) as (port, server):
        readers = Readers(port, "ours", pages.pages["keys"])
        readers.start()
        time.sleep(UNTIL_STOP)
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        readers.stop()
    counted = pages.total() - before
    lost = max(readers.answered - counted, 0)
    return [
        Row(
            name="beacon: lost when stopped (SIGTERM)",
            value=lost,
            unit="views",
            bar="0",
            holds=lost == 0 and readers.answered > 0 and not readers.refused,
            note=f"{readers.answered} answered, {counted} in the database",
        )
    ]
