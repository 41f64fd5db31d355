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
        """Return how many ``mails`` it got over how many ``connections`` since it was asked last."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
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
        self.mails = self.connections = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails += 1
        return "250 OK"

    def counted(self) -> str:
        found = {"mails": self.mails, "connections": self.connections}
        self.mails = self.connections = 0
        return json.dumps(found)


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
    for _line in sys.stdin:
        print(counter.counted(), flush=True)
    controller.stop()


if __name__ == "__main__":
    main()
