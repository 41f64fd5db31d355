"""Transactions that the database ends, so that another may go on or since it starts anew: they are tried again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import InterfaceError, OperationalError, transaction

TRIES: Final = 4
PAUSE: Final = 0.1
"""At most so many seconds between two tries, by chance: two that met must not meet again."""

T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """Return what ``work`` returns, done in one transaction; it is done anew, a few times, after a deadlock and over a
    new connection when the old one was lost.

    Within a transaction of the caller's it is done once, for then all of that one is lost. Raises what ``work`` raises.
    """
    connection = transaction.get_connection()
    tries = 1 if connection.in_atomic_block else TRIES
    for _ in range(tries - 1):
        try:
            with transaction.atomic():
                return work()
        except (OperationalError, InterfaceError):
            connection.close_if_unusable_or_obsolete()
            time.sleep(random.random() * PAUSE)  # noqa: S311  # no secret
    with transaction.atomic():
        return work()
