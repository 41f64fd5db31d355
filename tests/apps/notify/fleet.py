"""Worker processes beside a test, at its database; at a copy of it where that is in memory."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 120


class Fleet:
    """Starts workers, and brings back what they have written."""

    def __init__(self, folder: Path, port: int) -> None:
        self._file = folder / "site.sqlite3"
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.apps.notify.worker_settings",
            "DATABASE_URL": self._give(),
            "SMTP_PORT": str(port),
            "PYTHONPATH": str(ROOT),
        }
        self._running: list[subprocess.Popen[str]] = []

    def start(self, code: str) -> subprocess.Popen[str]:
        """Run code in a process of its own."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        worker = subprocess.Popen(command, env=self._environment, cwd=ROOT, text=True, **pipes)
        self._running.append(worker)
        return worker

    def run(self, *codes: str) -> list[int]:
        """Run all at once; return how each ended. What they have written is there then."""
        for worker in [self.start(code) for code in codes]:
            _out, said = worker.communicate(timeout=SECONDS)
            assert worker.returncode <= 0, said
        self.take()
        return [worker.returncode for worker in self._running[-len(codes) :]]

    def take(self) -> None:
        """Bring back what the workers have written."""
        if connection.vendor == "sqlite":
            with sqlite3.connect(self._file) as file:
                file.backup(connection.connection)
            file.close()

    def end(self) -> None:
        """Leave no process behind."""
        for worker in self._running:
            if worker.poll() is None:
                worker.kill()
            worker.communicate()

    def _give(self) -> str:
        if connection.vendor == "sqlite":
            with sqlite3.connect(self._file) as file:
                connection.connection.backup(file)
            file.close()
            return f"sqlite:///{self._file}"
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
