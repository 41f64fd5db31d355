"""``manage.py smo_mail_bounces``: pipes, files, Maildirs."""

from __future__ import annotations

import io
import json
import mailbox
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from smo_kit.mail.letters import Letter
from smo_kit.mail.management.commands import smo_mail_bounces
from smo_kit.mail.models import Mail
from smo_kit.mail.services import is_suppressed, post
from tests.apps.mail.bounced import complaint, dsn, exim

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"
HOLIDAY = b"From: ann@example.org\nSubject: Away\n\nI am away.\n"


@pytest.fixture
def mail(letter: Callable[..., Letter]) -> Mail:
    made = post(letter())
    assert made is not None
    return made


def run(*files: str, **options: Any) -> str:
    out = StringIO()
    call_command("smo_mail_bounces", *files, stdout=out, **options)
    return out.getvalue()


def figures(*files: str, **options: Any) -> dict[str, int]:
    found = json.loads(run(*files, json=True, **options))
    return {name: number for name, number in found.items() if number}


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], io.BytesIO]:
    def pipe(raw: bytes) -> io.BytesIO:
        stream = io.BytesIO(raw)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
        return stream

    return pipe


def test_a_mail_server_pipes_a_bounce_into_it(mail, piped):
    piped(dsn(mail.message_id, diagnostic="smtp; 550 5.1.1 no such user"))

    said = run()
    assert "ann@example.org: suppressed, no such address: smtp; 550 5.1.1 no such user" in said
    assert said.endswith("1 suppressed, 0 counted, 0 known, 0 unknown, 0 no failure, 0 not understood.\n")
    assert is_suppressed(ANN, "news")


def test_a_mail_server_does_not_notice_that_a_long_mail_is_not_read_whole(piped):
    stream = piped(HOLIDAY + b"x" * 3_000_000)

    assert figures("-") == {"not_understood": 1}
    assert stream.read() == b""


def test_a_forged_report_is_named_and_ends_nothing(mail, piped):
    piped(dsn("<forged@magazine.test>"))

    said = run()
    assert "Nothing went from here to ann@example.org by the Message-ID that is named: <forged@magazine.test>." in said
    assert not is_suppressed(ANN, "news")


def test_a_database_that_is_away_lets_the_mail_server_try_again(mail, piped, monkeypatch):
    def down(*args: Any, **options: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(smo_mail_bounces, "take", down)
    piped(dsn(mail.message_id))

    with pytest.raises(CommandError, match="gone") as caught:
        run()
    assert caught.value.returncode == 75


def test_files_are_read_one_mail_each(mail, tmp_path):
    for name, raw in {
        "a": complaint(mail.message_id),
        "b": HOLIDAY,
        "c": dsn(mail.message_id, action="delayed"),
    }.items():
        (tmp_path / name).write_bytes(raw)

    assert figures(*(str(tmp_path / name) for name in "abc")) == {"suppressed": 1, "not_understood": 1, "no_failure": 1}
    with pytest.raises(CommandError, match="No such file"):
        run(str(tmp_path / "d"))


def test_a_file_of_many_mails_is_read_and_left_as_it_is(mail, tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for raw in (dsn(mail.message_id, status="4.2.2"), HOLIDAY, exim(mail)):
        box.add(raw)
    box.close()
    before = (tmp_path / "box").read_bytes()

    assert figures(mbox=tmp_path / "box") == {"counted": 1, "not_understood": 1, "suppressed": 1}
    assert figures(mbox=tmp_path / "box") == {"known": 2, "not_understood": 1}
    assert (tmp_path / "box").read_bytes() == before
    with pytest.raises(CommandError, match="none"):
        run(mbox=tmp_path / "none")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    mailbox.Maildir(tmp_path / "box", create=True)
    return tmp_path / "box"


def names(box: Path) -> list[str]:
    return sorted(str(path.relative_to(box)) for path in box.rglob("*") if path.is_file())


def test_a_maildir_is_read_once_and_shows_what_needs_a_person(mail, box):
    (box / "new/1.host").write_bytes(dsn(mail.message_id))
    (box / "new/2.host").write_bytes(HOLIDAY)
    (box / "new/3.host").write_bytes(dsn("<forged@magazine.test>"))
    (box / "cur/4.host:2,").write_bytes(dsn(mail.message_id))
    (box / "cur/5.host:2,RS").write_bytes(dsn(mail.message_id))
    before = names(box)

    assert figures(maildir=box, dry_run=True) == {"suppressed": 2, "not_understood": 1, "unknown": 1}
    assert names(box) == before
    assert figures(maildir=box) == {"suppressed": 1, "not_understood": 1, "unknown": 1, "known": 1}
    assert figures(maildir=box) == {}
    assert names(box) == ["cur/1.host:2,S", "cur/2.host:2,F", "cur/3.host:2,F", "cur/4.host:2,S", "cur/5.host:2,RS"]


def test_what_could_not_be_written_down_is_read_again(mail, box, monkeypatch):
    (box / "new/1.host").write_bytes(dsn(mail.message_id))
    with monkeypatch.context() as patch:
        patch.setattr(smo_mail_bounces, "take", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(maildir=box)

    assert figures(maildir=box) == {"suppressed": 1}


def test_a_folder_that_is_no_maildir_is_said_not_to_be(tmp_path):
    with pytest.raises(CommandError, match="no Maildir"):
        run(maildir=tmp_path)
