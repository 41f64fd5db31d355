"""The demo's background work in one loop."""

from __future__ import annotations

import os
import signal
from threading import Event
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from demo_site.articles.sweeps import SWEEPS, sweep

PAUSE: Final = 0.5


class Command(BaseCommand):
    help = "Run tasks (SMO_TASKS=database) and look now and then for what is due. Ends after the task in hand."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        worker = _task_worker() if settings.SMO_TASKS == "database" else None

        def end(*_: object) -> None:
            stop.set()
            if worker is not None:
                worker.running = False

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        due = dict.fromkeys(SWEEPS, 0.0)
        while not stop.wait(PAUSE):
            if worker is not None:
                worker.run()
            close_old_connections()
            sweep(due)


def _task_worker() -> Worker:
    """Return what runs the tasks that wait, and returns when there are none."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"demo-{os.getpid()}",
        excluded_queue_names=[],
    )
