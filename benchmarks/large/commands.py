"""Commands that run again and again, and what ``smo_sync`` does at its end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from benchmarks.large.target import FEW_ROWS, Target, command
from smo_kit.core.sweeps import all_sweeps

COMMANDS: Final[dict[str, tuple[str, dict[str, Any], str]]] = {
    "smo_audit --limit 20": ("smo_audit", {"limit": 20}, "it reads the lists that the pages link to, and these count"),
    "smo_send_mail, nothing due": ("smo_send_mail", {}, ""),
    "smo_verify_shares, nothing due": ("smo_verify_shares", {}, ""),
    "smo_fold, nothing old": ("smo_fold", {"days": 100_000}, ""),
    "smo_sync": ("smo_sync", {}, "it looks at every page again"),
    "smo_repair_threads": ("smo_repair_threads", {"dry_run": True}, "it looks at every comment"),
    "clearsessions": ("clearsessions", {}, ""),
}
"""Each by what it is called, with its options, and why it may grow."""
WHOLE: Final = "it reads its whole table: an index would cost every write more than this costs now and then"
SWEEPS: Final = {
    "changed texts": "it looks for cards that have no text yet",
    "links of deleted pages": "it asks of every shared page whether it is there",
    "locks of deleted pages": "it asks of every locked page whether it is there",
    "openings that have closed": WHOLE,
    "old counts by the day": "it folds as many as there are, 20,000 at a time",
    "orders of related pages": "it puts what waits in order, 2,000 pages or 20 s at a time",
    "ratings of deleted pages": "it asks of every rated page whether it is there",
    "ratings taken back": WHOLE,
    "scores of the best": "each page's score fades a little every day",
    "tries that opened nothing": WHOLE,
    "weeks of readers' choices": WHOLE,
}
"""Sweeps that may grow, and why."""
SHARES: Final = {"old counts by the day": 200_000}
"""Rows that those read which do a share each time, where there is enough to do."""


def commands() -> Iterator[Target]:
    """Yield each command, and each sweep by itself."""
    for name, (of, options, why) in COMMANDS.items():
        yield Target(name, partial(command, of, **options), why=why)
    for name, sweep in all_sweeps().items():
        yield Target(f"sweep: {name}", sweep, why=SWEEPS.get(name, ""), most=SHARES.get(name, FEW_ROWS), is_cold=True)
