"""A number that changes when blocks must be made anew at once: a page has vanished, an editor has chosen."""

from __future__ import annotations

import threading
import time
from typing import Final

from django.core.cache import cache
from django.db import transaction

_KEY: Final = "smo:best:stamp"


def stamp() -> int:
    """Return the number; whatever was kept under another one is old."""
    return int(cache.get(_KEY) or 0)


def bump() -> None:
    """Have every block made anew as soon as what was changed is committed; once, though a thousand pages vanish."""
    asked: _Asked | None = getattr(_here, "asked", None)
    if asked is None or asked.is_done:
        asked = _here.asked = _Asked()
    transaction.on_commit(asked.carry_out, robust=True)


class _Asked:
    """What all who ask in one transaction share. Of one that was rolled back the next transaction takes it over."""

    is_done = False

    def carry_out(self) -> None:
        if not self.is_done:
            self.is_done = True
            cache.set(_KEY, time.time_ns(), None)


_here: Final = threading.local()
