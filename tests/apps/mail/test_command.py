"""``manage.py smo_send_mail``."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from smo_kit.mail.letters import Letter
from smo_kit.mail.management.commands import smo_send_mail
from smo_kit.mail.models import Mail, State
from smo_kit.mail.sending import Tally
from smo_kit.mail.services import post_many
from tests.apps.mail.conftest import use_smtp
from tests.apps.mail.sink import OK, Sink

pytestmark = pytest.mark.django_db

Make = Callable[..., Letter]


def run(**options: Any) -> str:
    out = StringIO()
    call_command("smo_send_mail", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_it_sends_what_is_due_and_says_how_many(letter: Make, sink: Sink) -> None:
    post_many(letter() for _ in range(3))

    assert run() == "3 mails sent, 0 to be tried again, 0 given up, 0 skipped.\n"
    assert run() == "0 mails sent, 0 to be tried again, 0 given up, 0 skipped.\n"


def test_it_speaks_json(letter: Make, sink: Sink) -> None:
    post_many(letter() for _ in range(3))

    assert json.loads(run(json=True, limit=2, batch=1)) == {
        "sent": 2,
        "skipped": 0,
        "retried": 0,
        "dead": 0,
        "trouble": "",
    }


def test_without_a_server_it_says_so_and_fails(letter: Make, settings: Any) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        use_smtp(settings, one.getsockname()[1])
    post_many([letter()])

    with pytest.raises(CommandError, match=r"(?i)refused.*mails wait"):
        run()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_mail_in_hand_and_reaches_who_listened_before(
    letter: Make, sink: Sink, number: signal.Signals
) -> None:
    heard: list[int] = []
    before = signal.signal(number, lambda got, _frame: heard.append(got))

    def end(who: str) -> str:
        os.kill(os.getpid(), number)
        return OK

    sink.data = end
    post_many(letter() for _ in range(5))
    try:
        run(every=1)
        listening = signal.getsignal(number)
    finally:
        signal.signal(number, before)

    assert len(sink.got) < 5
    assert Mail.objects.filter(state=State.SENT).count() == len(sink.got)
    assert not Mail.objects.filter(state=State.CLAIMED).exists()
    assert heard
    assert listening not in {before, None}


@pytest.mark.django_db(transaction=True)  # a worker closes connections that are of no more use, between its runs
def test_a_worker_that_goes_on_outlives_a_run_without_a_database(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runs: list[int] = []
    pauses: list[int] = []

    class Twice:
        def wait(self, seconds: int) -> bool:
            pauses.append(seconds)
            return len(runs) > 1 or len(pauses) > 5

        def is_set(self) -> bool:
            return False

    def broken(**options: Any) -> Tally:
        runs.append(1)
        if len(runs) == 1:
            raise OperationalError("the server closed the connection")
        return Tally()

    monkeypatch.setattr(smo_send_mail, "Event", Twice)
    monkeypatch.setattr(smo_send_mail, "send_what_is_due", broken)
    run(every=1)

    assert len(runs) == 2
    assert "The database does not answer" in caplog.text


def test_a_single_run_without_a_database_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**options: Any) -> Tally:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(smo_send_mail, "send_what_is_due", broken)

    with pytest.raises(OperationalError):
        run()
