"""What grows old is thrown away or brought up to date: each app says it in its ``sweeps.py``, ``smo_sync`` does it.

A sweep is a function that deletes or renews what is due and returns how much that was; it is safe to run at any time,
and twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from smo_kit.core.discovery import load_modules
from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)

Sweep = Callable[[], int]

_sweeps: Final[dict[str, Sweep]] = {}


def register_sweep(name: str, sweep: Sweep) -> None:
    """Have a sweep run by ``smo_sync``; ``name`` says in its report what was deleted or renewed."""
    _sweeps[name] = sweep


def all_sweeps() -> dict[str, Sweep]:
    """Return every sweep by its name, in the order in which they run."""
    load_modules("sweeps")
    return dict(sorted(_sweeps.items()))


def run_sweeps() -> dict[str, int]:
    """Run every sweep and return how much each deleted or renewed. One that fails is logged and spoils no other."""
    swept: dict[str, int] = {}
    for name, sweep in all_sweeps().items():
        try:
            swept[name] = sweep()
        except Exception:
            logger.exception(
                "What is due of %s can't be dealt with now; it is tried again next time.",
                name,
                extra=event("core.sweep_failed"),
            )
    return swept
