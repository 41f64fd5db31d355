"""The benchmark's site, served by gunicorn over a PostgreSQL database of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks import Skipped

ADMIN = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
WORKERS = 2


@dataclass(frozen=True)
class Database:
    """A database of this run."""

    url: str
    pages: dict[str, list[Any]]

    def total(self) -> int:
        """Return how many views are counted."""
        with connect(self.url) as connection:
            row = connection.execute("SELECT COALESCE(SUM(n), 0) FROM smo_engagement_count WHERE facet = ''").fetchone()
        return int(row[0])


@contextmanager
def database() -> Iterator[Database]:
    """Make a database with pages in it, and drop it afterwards. Raises Skipped where no PostgreSQL answers."""
    with empty_database() as url:
        command = [sys.executable, "-m", "benchmarks.site.prepare"]
        done = subprocess.run(command, env=_environment(url), check=True, stdout=subprocess.PIPE, text=True)
        yield Database(url, json.loads(done.stdout))


@contextmanager
def empty_database() -> Iterator[str]:
    """Make a database and yield its address; drop it afterwards. Raises Skipped where no PostgreSQL answers."""
    name = f"smo_bench_{os.getpid()}"
    with connect(ADMIN, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{ADMIN.rpartition('/')[0]}/{name}"
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def serving(url: str, **environment: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve the site; yield the port and gunicorn's master."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning", "-w", str(WORKERS)]
    command += ["-b", f"127.0.0.1:{port}", "benchmarks.site.wsgi"]
    server = subprocess.Popen(command, env=_environment(url, **environment))
    try:
        _await(port)
        yield port, server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _environment(url: str, **more: str) -> dict[str, str]:
    chosen = os.environ.get("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": chosen, **more}


def connect(url: str, *, autocommit: bool = False) -> Any:
    """Return a connection. Raises Skipped where psycopg is not installed or nothing answers."""
    try:
        import psycopg
    except ImportError as error:
        raise Skipped("psycopg is not installed") from error
    try:
        return psycopg.connect(url, autocommit=autocommit, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise Skipped(f"PostgreSQL does not answer at {url}") from error


def _await(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server of the benchmark did not start.")
