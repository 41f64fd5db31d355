from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.db import DataError, InterfaceError, InternalError, OperationalError

from smo_kit.engagement import buffer as module
from smo_kit.engagement.buffer import Buffer, Row

ROOT = Path(__file__).parents[3]
A: Row = ("a",)
B: Row = ("b",)


class Table:
    """Stands for the database: adds up what is written, and refuses what it is told to."""

    def __init__(self) -> None:
        self.rows: Counter[Row] = Counter()
        self.statements = 0
        self.away = False
        self.answer: Exception = OperationalError("away")
        self.bad: Row | None = None
        self.why: Exception = DataError("bad")
        self.written = threading.Event()

    def __call__(self, rows: Mapping[Row, int]) -> None:
        if self.away:
            raise self.answer
        if self.bad in rows:
            raise self.why
        self.rows.update(rows)
        self.statements += 1
        self.written.set()


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def buffer(table: Table) -> Buffer:
    return Buffer(table, chunk=2)


@pytest.fixture(autouse=True)
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr(module.time, "sleep", pauses.append)
    return pauses


@pytest.fixture
def no_thread(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    started: list[str] = []
    monkeypatch.setattr(module.threading.Thread, "start", lambda thread: started.append(thread.name))
    return started


def test_a_hit_that_may_not_wait_is_written_when_add_returns(
    buffer: Buffer, table: Table, no_thread: list[str]
) -> None:
    buffer.add(A, 1)

    assert table.rows == {A: 1}
    assert no_thread == []


def test_hits_that_may_wait_are_written_together(buffer: Buffer, table: Table, no_thread: list[str]) -> None:
    for _ in range(3):
        buffer.add(A, 2, wait=1)
    assert table.rows == {}

    buffer.work()

    assert table.rows == {A: 6}
    assert table.statements == 1


def test_a_process_has_one_thread_and_only_once_a_hit_waits(buffer: Buffer, no_thread: list[str]) -> None:
    assert no_thread == []

    buffer.add(A, 1, wait=1)
    buffer.add(B, 1, wait=1)

    assert no_thread == ["smo-engagement"]


def test_the_thread_writes_without_another_request(buffer: Buffer, table: Table, no_pause: list[float]) -> None:
    buffer.add(A, 1, wait=7)

    assert table.written.wait(10)
    assert 7 in no_pause
    assert table.rows == {A: 1}


def test_the_thread_survives_what_it_did_not_expect(
    buffer: Buffer,
    table: Table,
    no_pause: list[float],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors = [RuntimeError("unexpected")]

    def close() -> None:
        if errors:
            raise errors.pop()

    monkeypatch.setattr(module, "close_old_connections", close)

    buffer.add(A, 1, wait=1)

    assert table.written.wait(10)
    assert table.rows == {A: 1}
    assert "another try follows" in caplog.text


def test_many_rows_go_in_chunks(buffer: Buffer, table: Table, no_thread: list[str]) -> None:
    for letter in "abcde":
        buffer.add((letter,), 1, wait=1)

    buffer.flush()

    assert table.statements == 3
    assert sum(table.rows.values()) == 5


@pytest.mark.parametrize("answer", [OperationalError, InterfaceError, InternalError])
def test_what_can_not_be_written_now_is_kept_and_tried_again(
    buffer: Buffer, table: Table, no_thread: list[str], caplog: pytest.LogCaptureFixture, answer: type[Exception]
) -> None:
    table.away, table.answer = True, answer("away, or can only be read")
    buffer.add(A, 1)
    buffer.add(A, 1)
    buffer.work()
    assert "kept" in caplog.text
    table.away = False

    buffer.work()
    buffer.work()

    assert table.rows == {A: 2}
    assert no_thread == ["smo-engagement"]


def test_after_a_failure_in_the_middle_no_chunk_is_written_twice(
    buffer: Buffer, table: Table, no_thread: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def once(rows: Mapping[Row, int]) -> None:
        table(rows)
        table.away = True

    monkeypatch.setattr(buffer, "_write", once)
    for letter in "abcd":
        buffer.add((letter,), 1, wait=1)
    buffer.flush()
    table.away = False

    buffer.flush()

    assert table.rows == {("a",): 1, ("b",): 1, ("c",): 1, ("d",): 1}


def test_what_comes_in_while_others_are_written_is_not_lost(buffer: Buffer, table: Table, no_thread: list[str]) -> None:
    def slow(rows: Mapping[Row, int]) -> None:
        if not table.rows:
            buffer.add(B, 1, wait=1)
        table(rows)

    buffer._write = slow
    buffer.add(A, 1, wait=1)

    buffer.flush()
    buffer.flush()

    assert table.rows == {A: 1, B: 1}


def test_a_process_that_is_told_to_leave_in_the_middle_keeps_its_hits(
    buffer: Buffer, table: Table, no_thread: list[str]
) -> None:
    def interrupted(rows: Mapping[Row, int]) -> None:
        raise SystemExit

    buffer._write = interrupted
    buffer.add(A, 1, wait=1)
    with pytest.raises(SystemExit):
        buffer.flush()
    buffer._write = table

    buffer.close()

    assert table.rows == {A: 1}


@pytest.mark.parametrize("why", [DataError, ValueError, OverflowError, RuntimeError])
def test_a_row_that_the_database_refuses_spoils_no_other(
    buffer: Buffer, table: Table, no_thread: list[str], caplog: pytest.LogCaptureFixture, why: type[Exception]
) -> None:
    table.bad, table.why = B, why("bad")
    buffer.add(A, 1, wait=1)
    buffer.add(B, 1, wait=1)

    buffer.flush()
    buffer.flush()

    assert table.rows == {A: 1}
    assert len([one for one in caplog.records if one.levelno == logging.ERROR]) == 1
    assert "refuses" in caplog.text


def test_when_the_database_goes_away_between_rows_written_one_by_one_none_is_written_twice(
    buffer: Buffer, table: Table, no_thread: list[str]
) -> None:
    def goes_away(rows: Mapping[Row, int]) -> None:
        table(rows)
        table.away = True

    buffer._write = goes_away
    table.bad = B
    buffer.add(A, 1, wait=1)
    buffer.add(B, 1, wait=1)
    buffer.flush()
    table.away = False

    buffer.flush()

    assert table.rows == {A: 1}


def test_a_process_that_ends_without_its_database_says_what_is_lost(
    buffer: Buffer, table: Table, no_thread: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    buffer.add(A, 3, wait=1)
    table.away = True

    buffer.close()

    assert "3 hits are lost" in caplog.text


def test_threads_lose_nothing(buffer: Buffer, table: Table, no_pause: list[float]) -> None:
    def work(wait: int) -> None:
        for _ in range(200):
            buffer.add(A, 1, wait=wait)

    threads = [threading.Thread(target=work, args=(number % 2,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    buffer.flush()

    assert table.rows == {A: 1200}


_PROCESS = """
import os, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from smo_kit.core.subjects import Key
from smo_kit.engagement.services import report
report("viewed", Key(1, "1"))
connection.close()  # a server that forks its workers has none
if not os.fork():
    report("viewed", Key(1, "2"))
    raise SystemExit
os.wait()
"""


def test_a_process_and_its_fork_write_what_waits_when_they_end_and_each_only_its_own(tmp_path: Path) -> None:
    settings = tmp_path / "leaving_settings.py"
    settings.write_text(
        f"from {os.environ['DJANGO_SETTINGS_MODULE']} import *\n"
        "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth',"
        " 'smo_kit.core', 'smo_kit.networks', 'smo_kit.engagement']\n"
        "SMO_KIT = {'ENGAGEMENT': {'buffer_seconds': 600}}\n"
        f"DATABASES = {{'default': {{'ENGINE': 'django.db.backends.sqlite3', 'NAME': {str(tmp_path / 'db')!r}}}}}\n"
    )
    paths = os.pathsep.join([str(tmp_path), str(ROOT), *sys.path])
    here = {**os.environ, "DJANGO_SETTINGS_MODULE": "leaving_settings", "PYTHONPATH": paths}
    subprocess.run([sys.executable, "-W", "ignore", "-c", _PROCESS], env=here, check=True, timeout=60)
    count = (
        "import django; django.setup();"
        "from smo_kit.engagement.models import Count;"
        "print(sorted(Count.objects.values_list('object_pk', 'n')))"
    )

    found = subprocess.run([sys.executable, "-c", count], env=here, check=True, capture_output=True, text=True)

    assert found.stdout.strip() == "[('1', 1), ('2', 1)]"
