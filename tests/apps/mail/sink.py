"""A mail server in this process, as well or badly behaved as a test wants."""

# ruff: noqa: N802  # aiosmtpd's names

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

OK = "250 OK"
SILENCE = "silence"
"""Never answers."""
HANG_UP = "hang up"
"""Ends the connection instead of an answer."""


@dataclass(frozen=True)
class Got:
    """One mail that arrived."""

    sender: str
    to: str
    message: EmailMessage


def always(answer: str) -> Callable[[str], str]:
    return lambda who: answer


class Sink:
    """Keeps what arrives; ``to``, ``sender`` and ``data`` say what it answers to an address."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.connections = 0
        self.to = self.sender = self.data = always(OK)
        self.arrived = threading.Condition()
        self.port = 0

    def wait_for_all(self, number: int, seconds: float = 60) -> None:
        """Come back when so many addresses have got mail."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(set(self.recipients)) >= number, seconds), self.recipients

    @property
    def recipients(self) -> list[str]:
        return [one.to for one in self.got]

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        answer = await self._answer(server, self.sender(address))
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        answer = await self._answer(server, self.to(address))
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        (to,) = envelope.rcpt_tos
        answer = await self._answer(server, self.data(to))
        if answer == OK:
            message: Any = message_from_bytes(envelope.content, policy=policy.default)
            with self.arrived:
                self.got.append(Got(envelope.mail_from, to, message))
                self.arrived.notify_all()
        return answer

    async def _answer(self, server: SMTP, answer: str) -> str:
        if answer == SILENCE:
            await asyncio.Event().wait()
        if answer == HANG_UP:
            server.transport.abort()
        return answer


class _AnyPort(Controller):
    """Listens where there is room."""

    def _trigger_server(self) -> None:
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def a_sink() -> Iterator[Sink]:
    sink = Sink()
    controller = _AnyPort(sink, hostname="127.0.0.1", port=0)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()
