"""Twenty processes rate at the same moment, in a database server of the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.apps.ratings.processes import NO_SERVER
from tests.require import missing

ROOT = Path(__file__).resolve().parents[3]
PROCESSES = 20
SERVERS = {"postgresql": "postgres://%2Fvar%2Frun%2Fpostgresql/postgres", "mariadb": "mysql://root@localhost/mysql"}


@pytest.fixture(params=SERVERS, scope="module")
def found(request: pytest.FixtureRequest) -> Any:
    """Return what is in the database after one reader's ratings, and after those of as many readers as processes."""
    name = request.param
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.apps.ratings.small_settings",
        "DATABASE_URL": SERVERS[name],
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
    }
    command = [sys.executable, "-m", "tests.apps.ratings.processes", str(PROCESSES)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode == NO_SERVER:
        missing(name, done.stderr[-300:])
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_one_reader_in_twenty_processes_is_one_row(found):
    (value,) = found["one"]["values"]
    assert found["one"]["ended"] == [0] * PROCESSES
    assert found["one"]["figures"] == [1, int(value), {value: 1}]
    assert found["one"]["summaries"] == 1


def test_twenty_readers_in_twenty_processes_are_all_counted(found):
    assert found["all"]["ended"] == [0] * PROCESSES
    assert Counter(found["all"]["values"]) == dict.fromkeys("12345", 4)
    assert found["all"]["figures"] == [20, 60, dict.fromkeys("12345", 4)]
    assert found["all"]["summaries"] == 1
