"""A mail server that counts what it gets and keeps none of it, in a process of its own."""

# ruff: noqa: N802  # aiosmtpd's names

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks import Skipped


@dataclass(frozen=True)
class Sink:
    """The running server."""

    port: int
    process: subprocess.Popen[str]

    def counted(self) -> dict[str, int]:
        """Return how many ``mails`` it got, for how many ``people``, over how many ``connections``; it begins anew."""
        return self._ask("anew")

    def so_far(self) -> dict[str, int]:
        """Return the same, and let it count on."""
        return self._ask("on")

    def _ask(self, how: str) -> dict[str, int]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{how}\n")
        self.process.stdin.flush()
        return dict(json.loads(self.process.stdout.readline()))


@contextmanager
def counting_sink() -> Iterator[Sink]:
    """Start one. Raises Skipped where aiosmtpd is missing."""
    command = [sys.executable, "-m", "benchmarks.site.sink"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:
        assert process.stdin
        assert process.stdout
        port = process.stdout.readline()
        if not port:
            raise Skipped("aiosmtpd does not start (pip install aiosmtpd)")
        try:
            yield Sink(int(port), process)
        finally:
            process.stdin.close()


class _Counter:
    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.mails = self.connections = 0
        self.people: set[str] = set()

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails += 1
        self.people.update(envelope.rcpt_tos)
        return "250 OK"

    def counted(self) -> str:
        return json.dumps({"mails": self.mails, "people": len(self.people), "connections": self.connections})


def main() -> None:
    """Print the port, then the counts for each line that is read."""
    import socket

    from aiosmtpd.controller import Controller

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    counter = _Counter()
    controller = Controller(counter, hostname="127.0.0.1", port=port)
    controller.start()
    print(port, flush=True)
    for line in sys.stdin:
        print(counter.counted(), flush=True)
        if line.strip() == "anew":
            counter.begin()
    controller.stop()


if __name__ == "__main__":
    main()
