"""What grows old and is thrown away: each app says it in its ``sweeps.py``, and ``smo_sync`` carries it out.

A sweep is a function that deletes what is due and returns how much that was; it is safe to run at any time, and twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from smo_kit.core.discovery import load_modules

logger = logging.getLogger(__name__)

Sweep = Callable[[], int]

_sweeps: Final[dict[str, Sweep]] = {}


def register_sweep(name: str, sweep: Sweep) -> None:
    """Have a sweep run by ``smo_sync``; ``name`` says in its report what was thrown away."""
    _sweeps[name] = sweep


def run_sweeps() -> dict[str, int]:
    """Run every sweep and return how much each threw away. One that fails is logged and spoils no other."""
    load_modules("sweeps")
    swept: dict[str, int] = {}
    for name, sweep in sorted(_sweeps.items()):
        try:
            swept[name] = sweep()
        except Exception:
            logger.exception("What is due of %s can't be thrown away now; it is tried again next time.", name)
    return swept
