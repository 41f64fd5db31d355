"""Threads that share a database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from django.db import connection, connections


def together(work: Callable[[int], None], number: int) -> None:
    """Run it in so many threads at once; raise what one of them raised."""
    failures: list[BaseException] = []

    def run(which: int) -> None:
        try:
            work(which)
        except BaseException as error:
            failures.append(error)
        finally:
            _leave()

    threads = [Thread(target=run, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        raise failure


def side_by_side(work: Callable[[int], None], number: int) -> None:
    """Run it in threads that lock rows for each other; SQLite in memory has room for one at a time."""
    if connection.vendor == "sqlite":
        for which in range(number):
            work(which)
    else:
        together(work, number)


class Meeting:
    """Find out whether two threads are at one place at the same time; who is alone there waits for a moment only."""

    def __init__(self, seconds: float = 0.3) -> None:
        self.took_place = False
        self._barrier = Barrier(2, timeout=seconds)

    def before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same function, with the meeting before it."""

        def meeting(*args: Any, **kwargs: Any) -> Any:
            with suppress(BrokenBarrierError):
                self._barrier.wait()
                self.took_place = True
            return work(*args, **kwargs)

        return meeting


def _leave() -> None:
    """Close the thread's connections, SQLite's in memory too, which Django keeps."""
    for one in connections.all(initialized_only=True):
        raw = one.connection
        one.close()
        if raw is not None and one.vendor == "sqlite":
            raw.close()
