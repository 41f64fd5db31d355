"""Processes that live no longer than the one that started them."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Final

PATIENCE: Final = 10
"""Seconds for a child to end by itself."""
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Have this process ended when its parent dies, even of SIGKILL. Linux only: see prctl(2)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Named child processes: ``with Children({...}) as children``; all have ended when the block is left."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self._commands = commands
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Children:
        for name, command in self._commands.items():
            self._running[name] = subprocess.Popen(command, preexec_fn=end_with_parent)  # noqa: PLW1509, S603
        return self

    def dead(self) -> str:
        """Return which child has ended though nobody asked it to, and how; "" if all live."""
        codes = ((name, process.poll()) for name, process in self._running.items())
        return next((f"The {name} ended with code {code}." for name, code in codes if code is not None), "")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
