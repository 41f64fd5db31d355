"""The demo's background work in one loop."""

from __future__ import annotations

import io
import logging
import os
import signal
import time
from threading import Event
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

PAUSE: Final = 0.5
SWEEPS: Final = {"smo_sync": 600, "clearsessions": 3600}
"""Commands that find what is due, and after how many seconds each runs again. All run once at the start."""

logger = logging.getLogger(__name__)


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
            self._sweep(due)

    def _sweep(self, due: dict[str, float]) -> None:
        for name, seconds in SWEEPS.items():
            if time.monotonic() >= due[name]:
                due[name] = time.monotonic() + seconds
                try:
                    call_command(name, stdout=io.StringIO(), stderr=io.StringIO())
                except Exception:
                    logger.exception("%s failed; it is tried again in %s s.", name, seconds)


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
