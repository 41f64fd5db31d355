"""What is usual on this site: to know it a whole table is read, so ``smo_sync`` does that, and the cache keeps it.

Nobody waits for it who asks while a page is saved: he gets what was true some time ago, or None. Only a table of a
small site is read at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet

from smo_kit.core.settings import site_id

SECONDS: Final = 600
"""For so long it is believed to stay as it is."""
STALE_SECONDS: Final = 86_400
"""For so long it is better than nothing."""
FEW: Final = 5_000
"""Rows that are read at once: some hundredths of a second."""

T = TypeVar("T")


class Usual(Generic[T]):
    """Something that is worked out from all ``rows`` of a table that count today on this site."""

    def __init__(self, name: str, rows: Callable[[], QuerySet[Any]], work_out: Callable[[QuerySet[Any]], T]) -> None:
        self._name, self._rows, self._work_out = name, rows, work_out

    def known(self) -> T | None:
        """Return it, as it was some time ago; None: the table is large, and no sweep has read it yet."""
        known: T | None = cache.get(self._key())
        if known is None and not self._rows()[FEW:].exists():
            known = self._work_out(self._rows())
            cache.set(self._key(), known, SECONDS)
        return known

    def renew(self) -> None:
        """Work it out, unless that was done some minutes ago."""
        if cache.add(f"{self._key()}:renewed", 1, SECONDS):
            cache.set(self._key(), self._work_out(self._rows()), STALE_SECONDS)

    def _key(self) -> str:
        return f"smo:best:usual:{self._name}:{site_id()}"
