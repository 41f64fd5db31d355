"""A provider that does not come to an end keeps no worker: a real server on this computer, and a tiny deadline."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import requests

from smo_kit.login import provider_calls
from smo_kit.login.adapters import SocialAdapter
from smo_kit.login.faults import Fault, fault_of_exception

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
Talk = Callable[[socket.socket], None]


@pytest.fixture
def server() -> Iterator[Callable[[Talk], str]]:
    """Serve connections by what a test says, one after the other; end when the test does."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve(talk: Talk) -> str:
        def run() -> None:
            while True:
                try:
                    line, _address = listener.accept()
                except OSError:
                    return
                with line:
                    line.recv(65_536)
                    try:
                        talk(line)
                    except OSError:
                        continue  # it was hung up on

        thread = threading.Thread(target=run)
        thread.start()
        threads.append(thread)
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield serve
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for thread in threads:
        thread.join(5)


def drip(start: bytes) -> Talk:
    def talk(line: socket.socket) -> None:
        line.sendall(start)
        for _ in range(500):
            line.sendall(b"x")
            time.sleep(0.01)

    return talk


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", HEAD + b"Content-Length: 900\r\n\r\n"], ids=["status", "headers", "body"]
)
def test_one_that_drips(server: Callable[[Talk], str], start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_calls, "SECONDS", 0.1)
    url, began = server(drip(start)), time.monotonic()

    with pytest.raises(requests.Timeout) as caught, SocialAdapter().get_requests_session() as session:
        session.get(url)

    assert time.monotonic() - began < 2
    assert fault_of_exception(caught.value) == Fault.DOWN


def test_one_that_sends_on_and_on(server: Callable[[Talk], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline is for the whole way."""
    monkeypatch.setattr(provider_calls, "SECONDS", 0.1)
    monkeypatch.setattr(provider_calls, "REDIRECTS", 1000)

    def send_on(line: socket.socket) -> None:
        time.sleep(0.03)
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    url = server(send_on)

    with pytest.raises(requests.Timeout), SocialAdapter().get_requests_session() as session:
        session.get(url)


def test_one_that_sends_too_much(server: Callable[[Talk], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_calls, "SIZE", 100_000)
    url = server(lambda line: line.sendall(HEAD + b"Connection: close\r\n\r\n" + b"x" * 300_000))

    with pytest.raises(requests.RequestException) as caught, SocialAdapter().get_requests_session() as session:
        session.get(url)

    assert fault_of_exception(caught.value) == Fault.UNCLEAR


def test_one_that_answers(server: Callable[[Talk], str]) -> None:
    url = server(lambda line: line.sendall(HEAD + b'Content-Length: 8\r\n\r\n{"a": 1}'))

    with SocialAdapter().get_requests_session() as session:
        answers = [session.get(url).json(), session.post(url, data={"b": 2}).json()]

    assert answers == [{"a": 1}, {"a": 1}]


def test_a_silent_one_is_left_after_the_time_that_django_allauth_has_for_it(
    server: Callable[[Talk], str], settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.1
    monkeypatch.setattr(provider_calls, "SECONDS", 5)
    url = server(lambda line: time.sleep(0.2))

    with pytest.raises(requests.Timeout), SocialAdapter().get_requests_session() as session:
        session.get(url)
