"""Mails a second through the outbox, beside Django's own functions with the same mail server and no outbox."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import django

from benchmarks import Row, Skipped
from benchmarks.site.process import start

MAILS: Final = 1000
ROUNDS: Final = 3
START_SECONDS: Final = 10
SENDER: Final = "news@bench.example"
TEXT: Final = "A new answer to your comment.\n" * 20
SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"


def run() -> list[Row]:
    """Send the same mails over and over: by the outbox, in a loop, at once."""
    start()
    from django.core.mail import send_mail, send_mass_mail
    from django.test import override_settings

    from smo_kit.mail.kinds import Kind, register_kind
    from smo_kit.mail.letters import Letter
    from smo_kit.mail.sending import send_what_is_due
    from smo_kit.mail.services import post_many

    register_kind(Kind(id="bench", label="Bench", can_unsubscribe=True))
    addresses = [f"reader{number}@bench.example" for number in range(MAILS)]

    def put() -> None:
        post_many(Letter(to=one, subject="News", text=TEXT, kind="bench") for one in addresses)

    def loop() -> None:
        for one in addresses:
            send_mail("News", TEXT, SENDER, [one])

    def at_once() -> None:
        send_mass_mail([("News", TEXT, SENDER, [one]) for one in addresses])

    with _sink() as port, override_settings(**_settings(port)):
        speeds: dict[str, float] = {}
        works = {"loop": loop, "at once": at_once, "put": put, "outbox": lambda: _all(send_what_is_due().sent)}
        for _ in range(ROUNDS):
            for name, work in works.items():
                speeds[name] = max(speeds.get(name, 0), _speed(work))
    both = 1 / (1 / speeds["put"] + 1 / speeds["outbox"])
    return [
        _row("mail: sent by a worker", speeds["outbox"], speeds["loop"], "beside send_mail in a loop"),
        _row("mail: put in and sent", both, speeds["at once"], "beside send_mass_mail on one connection, no outbox"),
        Row(name="mail: put in", value=speeds["put"], unit="/s", note="post_many in batches of 500; SQLite in memory"),
    ]


def _row(name: str, ours: float, peer: float, note: str) -> Row:
    return Row(name=name, value=ours, unit="/s", peer=peer, ratio=ours / peer, note=note)


def _speed(work: Callable[[], None]) -> float:
    before = time.perf_counter()
    work()
    return MAILS / (time.perf_counter() - before)


def _all(sent: int) -> None:
    if sent != MAILS:
        raise RuntimeError(f"{sent} of {MAILS} mails were sent.")


def _settings(port: int) -> dict[str, object]:
    tasks = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
    common: dict[str, object] = {
        "DEFAULT_FROM_EMAIL": SENDER,
        "TASKS": {"default": {"BACKEND": f"{tasks}.backends.dummy.DummyBackend"}},
    }
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": port, "timeout": 10}
        return {**common, "MAILERS": {"default": {"BACKEND": SMTP, "OPTIONS": options}}}
    return {**common, "EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_TIMEOUT": 10}


@contextmanager
def _sink() -> Iterator[int]:
    """A mail server in a process of its own, which throws everything away."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    handler = ("-c", "aiosmtpd.handlers.Sink")
    server = subprocess.Popen([sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", *handler])
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Skipped("aiosmtpd does not start (pip install aiosmtpd)")
