"""Readers: as many as possible at once (wrk, else threads of ours), each request from another address."""

from __future__ import annotations

import random
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

CONNECTIONS: Final = 8
_SCRIPT: Final = Path(__file__).with_name("load.lua")
_BROWSER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def rate(port: int, who: str, pages: list[Any], seconds: int) -> float:
    """Return how many reports a second are answered well; ``who`` is "ours" or "peer"."""
    if shutil.which("wrk"):
        return _wrk(port, who, pages, seconds)
    readers = Readers(port, who, pages)
    readers.start()
    time.sleep(seconds)
    readers.stop()
    return readers.answered / seconds


def _wrk(port: int, who: str, pages: list[Any], seconds: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(map(str, pages)))
        file.flush()
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(_SCRIPT), f"http://127.0.0.1:{port}/"]
        out = subprocess.run([*command, who, file.name], check=True, capture_output=True, text=True).stdout
    if wrong := re.search(r"Non-2xx or 3xx responses: (\d+)", out):
        raise RuntimeError(f"{who}: {wrong.group(1)} reports were refused.\n{out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if not found:
        raise RuntimeError(out)
    return float(found.group(1))


class Readers:
    """Threads that report until they are stopped or the server is gone; ``answered`` counts the answers they read."""

    def __init__(self, port: int, who: str, pages: list[Any]) -> None:
        self._port = port
        self._requests = [_request(who, page) for page in pages]
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._report) for _ in range(CONNECTIONS)]
        self._counts: Counter[int] = Counter()
        self.refused: Counter[bytes] = Counter()

    @property
    def answered(self) -> int:
        """How many good answers were read to their end."""
        return sum(self._counts.values())

    def start(self) -> None:
        """Let them report."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Tell them to stop, and wait."""
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _report(self) -> None:
        me = threading.get_ident()
        while not self._end.is_set():
            try:
                answer = self._ask()
            except OSError:
                time.sleep(0.05)
                continue
            if answer.startswith(b"HTTP/1.1 2") and b"\r\n\r\n" in answer:
                self._counts[me] += 1
            elif answer:
                self.refused[answer[:12]] += 1

    def _ask(self) -> bytes:
        address = ".".join(str(random.randint(11, 99)) for _ in range(4))
        answer = b""
        with socket.create_connection(("127.0.0.1", self._port), 10) as line:
            line.sendall(random.choice(self._requests).replace(b"ADDRESS", address.encode()))
            while piece := line.recv(65536):
                answer += piece
        return answer


def _request(who: str, page: Any) -> bytes:
    path, body = ("/hitcount/hit/ajax/", f"hitcountPK={page}") if who == "peer" else ("/smo/seen/", f"o={page}")
    headers = {
        "Host": "127.0.0.1",
        "User-Agent": _BROWSER,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        "X-Forwarded-For": "ADDRESS",
        "Connection": "close",
    }
    if who == "peer":
        headers |= {"X-Requested-With": "XMLHttpRequest", "X-CSRFToken": "a" * 32, "Cookie": f"csrftoken={'a' * 32}"}
    else:
        headers["Sec-Fetch-Site"] = "same-origin"
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n{body}".encode()
