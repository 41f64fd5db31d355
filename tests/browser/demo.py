"""The demo, started for tests as anybody starts it: ``manage.py demo`` with a home of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 900
"""Fifths of a second to wait for the first answer."""
READY = "Stop it with Ctrl+C."
"""The last that the demo says: all of its processes answer."""


@dataclass(frozen=True)
class Answer:
    """What the demo answered to one request."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    def meta(self, name: str) -> str:
        """Return the content of a meta tag, "" if there is none."""
        tag = self.soup.find("meta", attrs={"property": name}) or self.soup.find("meta", attrs={"name": name})
        return tag["content"] if tag else ""


@dataclass
class Demo:
    """A running demo."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    said: Path
    _pages: dict[str, Answer] = field(default_factory=dict)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path or an address of the demo; redirects are not followed."""
        parts = urlsplit(path)
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        answer = Answer(self.url + target, reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        connection.close()
        return answer

    def page(self, path: str) -> Answer:
        """Return a page, asked for once in a test run: right for what no test changes."""
        if path not in self._pages:
            self._pages[path] = self.get(path)
        return self._pages[path]

    @cached_property
    def sitemap(self) -> list[str]:
        """The addresses of all public pages."""
        return _locations(self, "/sitemap.xml")

    @property
    def network(self) -> str:
        """Where its own network is, to sign in with."""
        parts = urlsplit(self.url)
        return f"http://{parts.hostname}:{parts.port + 1}"

    @property
    def account(self) -> tuple[str, str]:
        """Name and password of the admin, as the demo prints them."""
        found = re.search(r"name: (\S+)\s+password: (\S+)", self.said.read_text())
        assert found, self.said.read_text()
        return found[1], found[2]

    def manage(self, *command: str) -> str:
        """Run a management command beside the running demo and return what it prints."""
        environment = {**_environment(), "SMO_DEMO_HOME": str(self.home)}
        command = (sys.executable, "manage.py", *command)
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def articles(self, language: str) -> list[str]:
        """The addresses of the articles in a language."""
        return [url for url in self.sitemap if f"/{language}/articles/" in url and not url.endswith("/articles/")]


def _locations(demo: Demo, path: str) -> list[str]:
    found = re.findall(r"<loc>\s*([^<]*?)\s*</loc>", demo.get(path).text)
    nested = [one for one in found if urlsplit(one).path.endswith(".xml")]
    return [one for one in found if one not in nested] + [one for each in nested for one in _locations(demo, each)]


def eventually(happens: Callable[[], object], *, seconds: int = 15) -> None:
    """Ask until it has happened: for what a process learns only when it looks again."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not happens():
        assert time.monotonic() < end, "It has not happened."
        pause.wait(0.2)


def free_port() -> int:
    """Return a port that nobody listens on, nor on the next one."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            with suppress(OSError, OverflowError):
                other.bind(("127.0.0.1", port + 1))
                return port


def set_up_demo(home: Path) -> None:
    """Set a demo up in a folder that is not there yet, as its first start does; leave nothing half done."""
    part = home.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = [sys.executable, "manage.py", "demo", "--set-up"]
    environment = {**_environment(), "SMO_DEMO_HOME": str(part)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    part.rename(home)


@contextmanager
def running_demo(home: Path, filled: Path | None = None) -> Iterator[Demo]:
    """Start the demo, wait until it answers, and end it with all its children. ``filled``: where it was set up."""
    port = free_port()
    said = home / "said.log"
    home.mkdir(parents=True, exist_ok=True)
    if filled:
        shutil.copytree(filled, home, dirs_exist_ok=True)
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=ROOT,
            env={**_environment(), "PORT": str(port), "SMO_DEMO_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    demo = Demo(f"http://127.0.0.1:{port}", home, process, said)
    try:
        _wait(demo)
        yield demo
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            _end_group(process.pid)


def _environment() -> dict[str, str]:
    """Leave out what the tests' own Django and database were told."""
    return {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}


def _wait(demo: Demo) -> None:
    for _ in range(PATIENCE):
        try:
            if demo.get("/").status < 500 and READY in demo.said.read_text(errors="replace"):
                return
        except OSError:
            pass
        try:
            demo.process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(f"The demo does not answer. It said:\n{demo.said.read_text(errors='replace')[-3000:]}")


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
