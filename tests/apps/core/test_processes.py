"""What one process changes, the others see: each test has two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SERVE = """
import json, sys
import django
django.setup()
from smo_kit.core import settings as core
from smo_kit.core.conf import core_settings
from smo_kit.core.limits import first_time, within
from smo_kit.core.models import Settings
from smo_kit.follow.models import Account
from smo_kit.follow.services import official_accounts
from tests.tables import make_tables

def save(app, **data):
    row, _ = Settings.objects.get_or_create(site_id=1, app=app)
    row.data = {**row.data, **data}
    row.version += 1
    row.save()

for line in sys.stdin:
    print(json.dumps(eval(line)), flush=True)
"""


class Process:
    """Evaluates a line at a time, as one of the site's processes."""

    def __init__(self, folder: Path) -> None:
        self.it = subprocess.Popen(
            [sys.executable, "-c", SERVE],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.apps.core.processes_settings",
                "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
                "CACHE_FOLDER": str(folder / "cache"),
                "PYTHONPATH": str(ROOT),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, line: str) -> object:
        assert self.it.stdin is not None
        assert self.it.stdout is not None
        self.it.stdin.write(line + "\n")
        self.it.stdin.flush()
        return json.loads(self.it.stdout.readline())


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, Process]]:
    folder = tmp_path_factory.mktemp("processes")
    one, other = Process(folder), Process(folder)
    one("make_tables()")
    yield one, other
    for process in (one, other):
        process.it.kill()
        process.it.communicate()


def test_a_saved_setting_is_believed_for_five_seconds_elsewhere(two):
    one, other = two
    assert other("core_settings().site_name") != "Bridges"
    one("save('CORE', site_name='Bridges')")
    assert one("core_settings().site_name") == "Bridges"
    assert other("[core.ASK_EVERY, setattr(core._stored, '_asked', core._stored._asked - core.ASK_EVERY)][0]") == 5
    assert other("core_settings().site_name") == "Bridges"


def test_a_setting_is_asked_for_once_in_that_time(two):
    one, other = two
    before = other("core_settings().site_name")
    one("save('CORE', site_name='Arches')")
    assert other("setattr(core._stored, '_asked', __import__('time').monotonic())") is None
    assert other("core_settings().site_name") == before != "Arches"
    assert other("[core.forget_settings(), core_settings().site_name][1]") == "Arches"


def test_a_limit_is_of_all_processes_together(two):
    counted = [process("within('votes', 'ann', limit=3, seconds=3600)") for process in (*two, *two)]
    assert counted == [True, True, True, False]


def test_what_happens_once_happens_once_in_all(two):
    assert [process("first_time('proof', 'ann', seconds=60)") for process in two] == [True, False]


def test_an_account_to_follow_is_seen_at_once(two):
    one, other = two
    assert other("len(official_accounts())") == 0
    one("Account.objects.create(network='vk', handle='magazine').pk")
    assert other("len(official_accounts())") == 1
