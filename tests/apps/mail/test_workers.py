"""Several workers share the outbox, and some are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from smo_kit.mail.models import Mail
from tests.apps.mail.sink import OK, Sink, a_sink

ROOT = Path(__file__).resolve().parents[3]
MAILS = 60
PREPARE = """
import sys
from django.core.management import call_command
from smo_kit.mail.letters import Letter
from smo_kit.mail.services import post_many

call_command("migrate", verbosity=0)
post_many(
    Letter(to=f"reader{number}@example.org", subject="News", text="News.", kind="news", key=f"n:{number}")
    for number in range(int(sys.argv[1]))
)
"""
STATES = """
import json
from django.db.models import Count
from smo_kit.mail.models import Mail
print(json.dumps(dict(Mail.objects.values_list("state").annotate(n=Count("pk")))))
"""

pytestmark = pytest.mark.django_db(transaction=True)


class Fleet:
    """Worker processes at one outbox: the test's database, or a file of their own where that is in memory."""

    def __init__(self, folder: Path, port: int) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.apps.mail.worker_settings",
            "DATABASE_URL": _url(folder),
            "SMTP_PORT": str(port),
            "PYTHONPATH": str(ROOT),
        }
        self.running: list[subprocess.Popen[str]] = []
        self.script(PREPARE, str(MAILS))

    def script(self, code: str, *arguments: str) -> str:
        whole = f"import django; django.setup()\n{code}"
        command = [sys.executable, "-c", whole, *arguments]
        run = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def start(self, *options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "django", "smo_send_mail", "--json", *options]
        worker = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.running.append(worker)
        return worker

    def states(self) -> Any:
        return json.loads(self.script(STATES))

    def end(self) -> None:
        for worker in self.running:
            if worker.poll() is None:
                worker.kill()
            worker.communicate()


def _url(folder: Path) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'outbox.sqlite3'}"
    given = os.environ["DATABASE_URL"].rpartition("/")[0]
    return f"{given}/{connection.settings_dict['NAME']}"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with a_sink() as one:
        yield one


@pytest.fixture
def fleet(tmp_path: Path, sink: Sink) -> Iterator[Fleet]:
    one = Fleet(tmp_path, sink.port)
    yield one
    one.end()
    Mail.objects.all().delete()


def test_two_workers_at_once_send_each_mail_once(fleet: Fleet, sink: Sink) -> None:
    workers = [fleet.start(), fleet.start()]

    sent = [json.loads(worker.communicate(timeout=60)[0])["sent"] for worker in workers]

    assert sum(sent) == MAILS
    assert Counter(sink.recipients) == Counter(f"reader{number}@example.org" for number in range(MAILS))
    assert fleet.states() == {"sent": MAILS}


def test_when_workers_are_killed_no_mail_is_lost_and_one_sent_twice_has_the_same_message_id(
    fleet: Fleet, sink: Sink
) -> None:
    victims: list[subprocess.Popen[str]] = []

    def kill(who: str) -> str:
        if victims and len(sink.got) % 10 == 5:
            victims.pop().kill()
        return OK

    sink.data = kill
    victims += [fleet.start("--every", "1") for _ in range(3)]
    fleet.start("--every", "1")

    sink.wait_for_all(MAILS)

    assert victims == []
    ids: dict[str, set[str]] = {}
    for got in sink.got:
        ids.setdefault(got.to, set()).add(got.message["Message-ID"])
    assert len(ids) == MAILS
    assert {len(each) for each in ids.values()} == {1}
    assert len(sink.got) <= MAILS + 3


def test_a_worker_that_is_told_to_end_gives_back_what_it_has_not_sent(fleet: Fleet, sink: Sink) -> None:
    worker = fleet.start()

    def end(who: str) -> str:
        worker.send_signal(signal.SIGTERM)
        return OK

    sink.data = end
    said = json.loads(worker.communicate(timeout=60)[0])

    assert worker.returncode == 0
    assert 0 < said["sent"] < MAILS
    assert fleet.states() == {"sent": said["sent"], "waiting": MAILS - said["sent"]}
