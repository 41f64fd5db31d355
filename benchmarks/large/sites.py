"""The sites that are measured: a PostgreSQL database for each size, filled from a copy of the one before it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.server import ADMIN, connect

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = ROOT / ".work" / "large"


@dataclass(frozen=True, slots=True)
class Site:
    """The part of a large site that ``demo_fill`` was asked for, with its database and the folder of its files."""

    size: float
    database: str
    home: Path

    def run(self, *arguments: str) -> str:
        """Run Python for this site in a process of its own, and return what it prints."""
        environment = {
            **os.environ,
            "DATABASE_URL": f"{ADMIN.rpartition('/')[0]}/{self.database}",
            "SMO_DEMO_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "demo_site.settings",
        }
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


@contextmanager
def filled(sizes: Sequence[float]) -> Iterator[list[Site]]:
    """Fill a site of each size, in rising order, and yield them; drop them afterwards.

    With ``BENCH_LARGE_KEEP`` in the environment they stay, and are used and filled further the next time, also after an
    interruption. Raises Skipped where no PostgreSQL answers.
    """
    with connect(ADMIN, autocommit=True) as administrator, ExitStack() as afterwards:
        keeps = bool(os.environ.get("BENCH_LARGE_KEEP"))
        home = KEPT if keeps else Path(afterwards.enter_context(tempfile.TemporaryDirectory()))
        sites: list[Site] = []
        for size in sizes:
            name = f"smo_large_{round(size * 100_000)}" + ("" if keeps else f"_{os.getpid()}")
            if not keeps:
                afterwards.callback(administrator.execute, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            _make(administrator, name, sites[-1].database if sites else "template1")
            sites.append(Site(size, name, home))
            print(f"Filling {size:.2%} of a large site …", file=sys.stderr, flush=True)
            sites[-1].run("manage.py", "demo_fill", "--scale", str(size))
        yield sites


def _make(administrator: Any, name: str, template: str) -> None:
    if administrator.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
