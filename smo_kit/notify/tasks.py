"""The task that says "look there": it does what any worker would find to do."""

from __future__ import annotations

from smo_kit.core.tasks import task
from smo_kit.notify.announcing import spread

BATCHES = 10_000
"""Steps of work that one task does; the next one, or who sends mail, goes on."""


@task
def spread_news() -> int:
    """Make deliveries of what is announced; return how many steps were done."""
    return spread(BATCHES)
