"""Processes that live no longer than the one that started them."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import Final

PATIENCE: Final = 10
"""Seconds for a child to end by itself."""
PAUSE: Final = 5.0
"""Seconds before a child is started again: its database may be on the way back."""
REVIVALS: Final = 12
"""How often a child is started again within ``WINDOW`` seconds before its end is taken for final."""
WINDOW: Final = 600.0
_PR_SET_PDEATHSIG: Final = 1
_log = logging.getLogger(__name__)
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Have this process ended when its parent dies, even of SIGKILL. Linux only: see prctl(2)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Named child processes: ``with Children({...}) as children``; all have ended when the block is left.

    Those in ``revived`` are started again when they end, after ``pause`` seconds and a limited number of times.
    """

    def __init__(
        self, commands: Mapping[str, Sequence[str]], revived: Collection[str] = (), pause: float = PAUSE
    ) -> None:
        self._commands = commands
        self._revived = revived
        self._pause = pause
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ends: dict[str, list[float]] = {}
        """When each child was seen to have ended, lately."""
        self._due: dict[str, float] = {}

    def __enter__(self) -> Children:
        for name in self._commands:
            self._start(name)
        return self

    def dead(self) -> str:
        """Return which child has ended for good though nobody asked it to, and how; "" if all live or will again."""
        codes = {name: process.poll() for name, process in self._running.items()}
        ended = ((name, code) for name, code in codes.items() if code is not None)
        return next((f"The {name} ended with code {code}." for name, code in ended if not self._revive(name, code)), "")

    def _start(self, name: str) -> None:
        self._running[name] = subprocess.Popen(self._commands[name], preexec_fn=end_with_parent)  # noqa: PLW1509, S603

    def _revive(self, name: str, code: int) -> bool:
        """Start a child again when its pause is over. Return False if it may not be."""
        if name not in self._revived:
            return False
        now = time.monotonic()
        if name not in self._due:
            lately = [moment for moment in self._ends.get(name, []) if moment > now - WINDOW]
            if len(lately) >= REVIVALS:
                return False
            self._ends[name] = [*lately, now]
            self._due[name] = now + self._pause
            _log.warning("The %s ended with code %s; it is started again in %g seconds.", name, code, self._pause)
        if now >= self._due[name]:
            del self._due[name]
            self._start(name)
        return True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
