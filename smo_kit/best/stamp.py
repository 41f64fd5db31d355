"""A number that changes when blocks must be made anew at once: a page has vanished, an editor has chosen."""

from __future__ import annotations

import time
from typing import Final

from django.core.cache import cache
from django.db import transaction

_KEY: Final = "smo:best:stamp"


def stamp() -> int:
    """Return the number; whatever was kept under another one is old."""
    return int(cache.get(_KEY) or 0)


def bump() -> None:
    """Have every block made anew as soon as what was changed is committed."""
    transaction.on_commit(lambda: cache.set(_KEY, time.time_ns(), None), robust=True)
