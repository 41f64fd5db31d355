"""Background work through Django's Tasks: ``django.tasks`` from Django 6.0 on, its backport before.

A worker that is killed loses its task: so the truth lives in our tables, a task only says "look there",
and doing it twice does no harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django
from django.db import transaction

from smo_kit.core.events import event, event_logger

if TYPE_CHECKING or django.VERSION < (6, 0):
    from django_tasks import TaskResultStatus, default_task_backend, task
    from django_tasks.signals import task_finished, task_started
else:
    from django.tasks import TaskResultStatus, default_task_backend, task
    from django.tasks.signals import task_finished, task_started

logger = event_logger(__name__)

__all__ = ["default_task_backend", "enqueue_on_commit", "run_elsewhere", "task", "task_finished", "task_started"]


def run_elsewhere() -> bool:
    """Say whether tasks run in a worker. Else a task of many minutes would keep the reader waiting who caused it."""
    return bool(default_task_backend.supports_defer)


def enqueue_on_commit(work: Any, *args: Any, using: str | None = None, **kwargs: Any) -> None:
    """Enqueue a task when the transaction has come true; at once outside of one. Arguments must be JSON."""

    def enqueue() -> None:  # no partial: Django asks what it calls for a name when it fails
        work.enqueue(*args, **kwargs)

    transaction.on_commit(enqueue, using=using, robust=True)


def _on_finished(sender: Any, task_result: Any, **kwargs: object) -> None:
    """Log a task of ours that failed, by the name of its error; what there is to do is found again without it."""
    if task_result.status != TaskResultStatus.FAILED:
        return
    name = task_result.task.module_path
    why = task_result.errors[-1].exception_class_path if task_result.errors else ""
    logger.error("The task %s failed: %s.", name, why, extra=event("core.task_failed", task=name, why=why))


task_finished.connect(_on_finished, dispatch_uid="smo_kit.core.tasks")
