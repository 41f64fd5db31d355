"""Hits on their way to the database: written at once, or every few seconds together.

Either way, what can't be written now (the database is away, a row is locked) is kept and tried again.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeAlias

from django.db import InterfaceError, InternalError, OperationalError, close_old_connections

from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)

Row: TypeAlias = tuple[Any, ...]
Write: TypeAlias = Callable[[Mapping[Row, int]], None]

NOT_NOW: Final = (OperationalError, InterfaceError, InternalError)
"""What says that the database is away, locked or can only be read (InternalError, of PostgreSQL's replicas)."""
RETRY_SECONDS: Final = 5
"""How long to wait with what could not be written at once."""


class Buffer:
    """The hits of this process that are not in the database yet.

    ``write`` adds up to ``chunk`` rows in one statement.
    """

    def __init__(self, write: Write, *, chunk: int) -> None:
        self._write = write
        self._chunk = chunk
        self.renew()

    def renew(self) -> None:
        """Start empty, as the child of a fork must: what the parent holds, the parent writes, and its thread stays."""
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._rows: Counter[Row] = Counter()
        self._filled = threading.Event()
        self._pause = RETRY_SECONDS
        self._keeper: threading.Thread | None = None

    def add(self, row: Row, n: int, *, wait: int = 0) -> None:
        """Take a hit, which may wait so many seconds for others; with 0 it is written when this returns."""
        self.add_all({row: n}, wait=wait)

    def add_all(self, rows: Mapping[Row, int], *, wait: int = 0) -> None:
        """Take several hits, which are written together."""
        with self._lock:
            self._rows.update(rows)
        if not wait:
            self.flush()
        if self._rows:
            self._keep(wait or RETRY_SECONDS)

    def flush(self) -> None:
        """Write what there is; what can't be written now stays. Waits for a flush of another thread to end."""
        with self._writing:
            with self._lock:
                rows, self._rows = self._rows, Counter()
            try:
                while rows:
                    self._put(rows, list(islice(rows, self._chunk)))
            except NOT_NOW:
                logger.warning(
                    "%s counts can't be written now and are kept.",
                    len(rows),
                    exc_info=True,
                    extra=event("engagement.counts_kept"),
                )
            finally:  # also when the process is told to leave in the middle
                with self._lock:
                    self._rows.update(rows)

    def __len__(self) -> int:
        """How many hits are held."""
        with self._lock:
            return sum(self._rows.values())

    def close(self) -> None:
        """Write what there is, for the last time: the process ends."""
        self.flush()
        if self._rows:
            logger.error(
                "%s hits are lost: the database is away while the process ends.",
                sum(self._rows.values()),
                extra=event("engagement.hits_lost"),
            )

    def _put(self, rows: Counter[Row], chunk: Sequence[Row]) -> None:
        """Write some rows together and remove them; if that fails, one by one, so that a bad row spoils no other."""
        numbers = {row: rows[row] for row in chunk}
        try:
            self._write(numbers)
        except NOT_NOW:
            raise
        except Exception:  # a row that can't ever be written must not come back for ever
            if len(chunk) > 1:
                for row in chunk:
                    self._put(rows, [row])
                return
            logger.exception(
                "The database refuses this count, which is dropped: %s",
                numbers,
                extra=event("engagement.count_refused"),
            )
        for row in chunk:
            del rows[row]

    def _keep(self, seconds: int) -> None:
        """Have a thread write what there is after so many seconds. The process has none before it needs it."""
        with self._lock:
            self._pause = seconds
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._work, name="smo-engagement", daemon=True)
                self._keeper.start()
        self._filled.set()

    def _work(self) -> None:
        while True:
            self._filled.wait()
            time.sleep(self._pause)
            try:
                self.work()
            except Exception:
                logger.exception(
                    "The counts that are kept can't be written; another try follows.",
                    extra=event("engagement.counts_not_written"),
                )

    def work(self) -> None:
        """Do one round of the thread, on a connection that lives as long as the site lets connections live."""
        self._filled.clear()
        try:
            close_old_connections()
            self.flush()
        finally:
            if self._rows:
                self._filled.set()
            close_old_connections()


_kept: Final[list[Buffer]] = []


def keep_to_the_end(buffer: Buffer) -> Buffer:
    """Have a buffer of the process written when it ends, and start empty in each child of a fork."""
    _kept.append(buffer)
    return buffer


def close_all() -> None:
    """Write what all buffers hold, for the last time: the process ends."""
    for buffer in _kept:
        buffer.close()


def renew_all() -> None:
    """Start all buffers empty: this is the child of a fork."""
    for buffer in _kept:
        buffer.renew()
