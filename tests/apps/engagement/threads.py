"""Threads that share a database."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

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


def _leave() -> None:
    """Close the thread's connections, SQLite's in memory too, which Django keeps."""
    for one in connections.all(initialized_only=True):
        raw = one.connection
        one.close()
        if raw is not None and one.vendor == "sqlite":
            raw.close()
