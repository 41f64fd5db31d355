"""The task that says "look there": it does what any worker would find to do."""

from __future__ import annotations

from smo_kit.core.tasks import task
from smo_kit.notify.fan_out import spread
from smo_kit.notify.push.sending import send_pushes

BATCHES = 10_000
"""Steps of work that one task does; the next one, or who sends mail, goes on."""

ROUNDS = 20
"""Of pushes that one task sends; the others are left to whoever sends mail."""


@task
def spread_news() -> int:
    """Make deliveries of what is announced, and tell devices at once; return how many steps were done."""
    done = spread(BATCHES)
    for _ in range(ROUNDS):
        if not send_pushes(BATCHES):
            break
    return done
