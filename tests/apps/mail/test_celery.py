"""Tasks by Celery, with the brokers of this machine: what a killed worker had in hand is sent by the next."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.checks import Error, Warning

from smo_kit.contrib.celery.conf import celery_settings
from smo_kit.mail.models import Mail
from tests.apps.mail.sink import OK, Sink, a_sink
from tests.apps.mail.test_workers import ROOT, Fleet
from tests.require import missing

BROKERS = {"redis": "redis://127.0.0.1:6379/15", "rabbitmq": "amqp://guest:guest@127.0.0.1:5672//"}
PORTS = {"redis": 6379, "rabbitmq": 5672}
LETTER = """
import sys
from smo_kit.mail.letters import Letter
from smo_kit.mail.services import post
post(Letter(to=sys.argv[1] + "@example.org", subject="News", text="News.", kind="news", key=sys.argv[1]))
"""
READY = """
import json
from smo_kit.core.readiness import missing_needs
print(json.dumps(missing_needs()))
"""
REMOVE = """
from celery import current_app
with current_app.connection_for_write() as connection:
    connection.default_channel.queue_delete(__import__("os").environ["QUEUE"])
"""

needs_celery = pytest.mark.skipif(not find_spec("django_tasks_fennel"), reason="django-tasks-fennel is not installed")


class Workers(Fleet):
    """A site whose tasks go through a broker, in a queue of its own."""

    def __init__(self, folder: Path, port: int, broker: str) -> None:
        self.queue = f"smo-test-{uuid.uuid4().hex}"
        self.more = {
            "DJANGO_SETTINGS_MODULE": "tests.apps.mail.celery_settings",
            "CELERY_BROKER_URL": broker,
            "QUEUE": self.queue,
        }
        super().__init__(folder, port)

    def script(self, code: str, *arguments: str) -> str:
        self.environment |= self.more
        if "post_many(" in code:  # of the neighbours' tests: here each letter comes by itself
            code = 'from django.core.management import call_command; call_command("migrate", verbosity=0)'
        return super().script(code, *arguments)

    def work(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "celery", "--app", "django_tasks_fennel.app", "worker"]
        command += ["--pool", "solo", "--without-mingle", "--without-gossip"]
        worker = subprocess.Popen(command, env=self.environment, cwd=ROOT, text=True, stderr=subprocess.DEVNULL)
        self.running.append(worker)
        return worker


@pytest.fixture
def sink() -> Iterator[Sink]:
    with a_sink() as one:
        yield one


@pytest.fixture(params=sorted(BROKERS))
def workers(request: pytest.FixtureRequest, tmp_path: Path, sink: Sink, transactional_db: None) -> Iterator[Workers]:
    if not find_spec("django_tasks_fennel"):
        missing("django-tasks-fennel", "not installed")
    try:
        socket.create_connection(("127.0.0.1", PORTS[request.param]), 1).close()
    except OSError:
        missing(request.param)
    one = Workers(tmp_path, sink.port, BROKERS[request.param])
    yield one
    one.end()
    one.script(REMOVE)
    Mail.objects.all().delete()


def test_a_letter_is_sent_by_the_worker_and_one_that_is_killed_loses_none(workers: Workers, sink: Sink) -> None:
    victims: list[subprocess.Popen[str]] = []

    def kill(who: str) -> str:
        if who == "second@example.org" and victims:
            victims.pop().kill()
        return OK

    sink.data = kill
    assert workers.script(READY) == "{}\n"
    victims.append(workers.work())
    workers.script(LETTER, "first")
    sink.wait_for_all(1)
    workers.script(LETTER, "second")
    workers.running[0].wait(60)
    workers.script(LETTER, "third")  # nobody is there to send it
    workers.work()
    sink.wait_for_all(3)
    assert set(sink.recipients) == {f"{who}@example.org" for who in ("first", "second", "third")}


@pytest.fixture
def unreachable(tmp_path: Path, transactional_db: None) -> Iterator[Workers]:
    if not find_spec("django_tasks_fennel"):
        missing("django-tasks-fennel", "not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        one = Workers(tmp_path, 9, f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        yield one
    Mail.objects.all().delete()


def test_without_a_broker_the_letter_waits_in_the_outbox_and_readiness_says_so(unreachable: Workers) -> None:
    unreachable.script(LETTER, "first")
    assert unreachable.states() == {"waiting": 1}
    assert list(json.loads(unreachable.script(READY))) == ["broker"]


@pytest.mark.parametrize(
    ("broker", "again"), [("redis://h/0", 300), ("rediss://h/0", 300), ("amqp://h//", None), ("sentinel://h", 300)]
)
def test_a_task_is_done_again_when_its_worker_is_gone(broker: str, again: int | None) -> None:
    found = celery_settings(broker)
    assert found["CELERY_TASK_ACKS_LATE"]
    assert found["CELERY_TASK_REJECT_ON_WORKER_LOST"]
    assert found["CELERY_TASK_IGNORE_RESULT"]
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"].get("visibility_timeout") == again


@needs_celery
def test_the_backend_tells_errors_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from smo_kit.contrib.celery import backend

    told = [Error("Nothing works."), Warning("No results.")]
    monkeypatch.setattr(backend.FennelBackend, "check", lambda self, **kwargs: iter(told))
    one: Callable[..., object] = backend.CeleryBackend.check
    assert list(one(backend.CeleryBackend.__new__(backend.CeleryBackend))) == told[:1]
