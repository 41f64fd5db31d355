"""Threads that share a database."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from django.db import connections


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


def _leave() -> None:
    """Close the thread's connections, SQLite's in memory too, which Django keeps."""
    for connection in connections.all(initialized_only=True):
        raw = connection.connection
        connection.close()
        if raw is not None and connection.vendor == "sqlite":
            raw.close()
