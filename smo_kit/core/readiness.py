"""Whether this process can serve: what it needs is asked by a load balancer, every few seconds.

An app registers what it needs beside the database in a module that Django imports at the start::

    register_need("search", search_server_answers)
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe
from typing import Final

from django.core.cache import cache
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor

from smo_kit.core.events import event, event_logger
from smo_kit.core.models import Settings
from smo_kit.core.tasks import default_task_backend

logger = event_logger(__name__)

NOT_READY: Final = "This process is not ready to serve: %s (%s)."

Need = Callable[[], object]

_needs: Final[dict[str, Need]] = {}
_migrated: Final[set[str]] = set()
"""Databases that have all migrations this process knows: it learns of no others."""


class NotReady(Exception):
    """What is needed is there, and does not do what it should. The text is for operators: no secret is in it."""


def register_need(name: str, ask: Need) -> None:
    """Have ``/smo/ready/`` ask for something; ``ask`` raises where it is missing, within a few seconds."""
    _needs[name] = ask


def missing_needs() -> dict[str, str]:
    """Return what is missing, by name, and why in a word; {}: nothing is.

    Why is the name of the error: its text may hold an address and a password. Both are logged without text, too.
    """
    missing: dict[str, str] = {}
    for name, ask in _needs.items():
        try:
            ask()
        except Exception as error:
            missing[name] = str(error) if isinstance(error, NotReady) else type(error).__name__
            logger.warning(NOT_READY, name, missing[name], extra=event("core.not_ready", need=name, why=missing[name]))
    return missing


def database_answers() -> None:
    """Ask the database that the suite's tables are written to."""
    connection = connections[router.db_for_write(Settings)]
    if not connection.in_atomic_block:  # Django would close it in the middle of a transaction
        connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations_are_applied() -> None:
    """Look once for migrations that this process knows and its database lacks. Raises NotReady."""
    alias = router.db_for_write(Settings)
    if alias in _migrated:
        return
    executor = MigrationExecutor(connections[alias])
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(f"{len(plan)} to be applied")
    _migrated.add(alias)


def cache_keeps() -> None:
    """Write something to the cache and read it. Raises NotReady when it is not there."""
    key, value = f"smo:ready:{token_urlsafe(6)}", token_urlsafe(6)
    cache.set(key, value, 10)
    kept = cache.get(key)
    with suppress(Exception):
        cache.delete(key)
    if kept != value:
        raise NotReady("keeps nothing")


def tasks_have_a_backend() -> None:
    """Make the backend of ``TASKS``. Raises ImproperlyConfigured where there is none."""
    _ = default_task_backend.supports_defer


register_need("database", database_answers)
register_need("migrations", migrations_are_applied)
register_need("cache", cache_keeps)
register_need("tasks", tasks_have_a_backend)
