"""Transactions of several workers: what the database ends is tried again, and rows that one has in hand are left to it.

The database ends one so that another may go on, or since it starts anew.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db import InterfaceError, OperationalError, connections, router, transaction
from django.db.models import Model, QuerySet

TRIES: Final = 4
PAUSE: Final = 0.1
"""At most so many seconds between two tries, by chance: two that met must not meet again."""

LOST: Final = (OperationalError, InterfaceError)

T = TypeVar("T")
Rows = TypeVar("Rows", bound=QuerySet[Any])


def patiently(work: Callable[[], T], *also: type[Exception]) -> T:
    """Return what ``work`` returns, done in one transaction; it is done anew, a few times, after a deadlock and over a
    new connection when the old one was lost; ``also`` are further errors that pass by themselves.

    Within a transaction of the caller's it is done once, for then all of that one is lost. Raises what ``work`` raises.
    """
    connection = transaction.get_connection()
    passing: tuple[type[Exception], ...] = (*LOST, *also)
    tries = 1 if connection.in_atomic_block else TRIES
    for _ in range(tries - 1):
        try:
            with transaction.atomic():
                return work()
        except passing:
            connection.close_if_unusable_or_obsolete()
            time.sleep(random.random() * PAUSE)  # noqa: S311  # no secret
    with transaction.atomic():
        return work()


def begin_to_write(model: type[Model]) -> None:
    """Take SQLite's one lock before anything is read: who reads first and then writes may be refused by it."""
    if not _features(model).has_select_for_update:
        model._default_manager.filter(pk=0).update(**{str(model._meta.pk.name): 0})


def free(rows: Rows, *, no_key: bool = False) -> Rows:
    """Return those of the rows that no other transaction has in hand; they are this one's until it ends.

    ``no_key``: others may meanwhile write what refers to them.
    """
    begin_to_write(rows.model)
    features = _features(rows.model)
    if not features.has_select_for_update:
        return rows
    is_weak = no_key and features.has_select_for_no_key_update
    return rows.select_for_update(skip_locked=features.has_select_for_update_skip_locked, no_key=is_weak)


def _features(model: type[Model]) -> Any:
    return connections[router.db_for_write(model)].features
