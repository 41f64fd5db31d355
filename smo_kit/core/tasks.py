"""Background work through Django's Tasks: ``django.tasks`` from Django 6.0 on, its backport before.

A worker that is killed loses its task: so the truth lives in our tables, a task only says "look there",
and doing it twice does no harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django
from django.db import transaction

if TYPE_CHECKING or django.VERSION < (6, 0):
    from django_tasks import default_task_backend, task
else:
    from django.tasks import default_task_backend, task

__all__ = ["enqueue_on_commit", "run_elsewhere", "task"]


def run_elsewhere() -> bool:
    """Say whether tasks run in a worker. Else a task of many minutes would keep the reader waiting who caused it."""
    return bool(default_task_backend.supports_defer)


def enqueue_on_commit(work: Any, *args: Any, using: str | None = None, **kwargs: Any) -> None:
    """Enqueue a task when the transaction has come true; at once outside of one. Arguments must be JSON."""

    def enqueue() -> None:  # no partial: Django asks what it calls for a name when it fails
        work.enqueue(*args, **kwargs)

    transaction.on_commit(enqueue, using=using, robust=True)
