"""The only way out: against a server on the loopback, which the allow-list admits by host and port."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from smo_kit.core import http
from smo_kit.core.http import Refused, fetch, is_public, must_be_callable

pytestmark = pytest.mark.django_db


class Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, str, str, str | None]] = []
    left = threading.Event()

    def do_GET(self):
        Handler.seen.append((self.command, self.path, self.headers["User-Agent"], self.headers.get("Authorization")))
        if self.path.startswith("/to?"):
            return self.answer(302, b"", Location=self.path.removeprefix("/to?"))
        if self.path == "/loop":
            return self.answer(301, b"", Location="/loop")
        if self.path == "/broken":
            self.close_connection = True
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            return self.wfile.write(b"abc")
        if self.path == "/bare":
            return self.answer(302, b"", Location="/чай".encode().decode("latin-1"))
        if self.path == "/big":
            return self.answer(200, b"x" * 5000)
        if self.path == "/drip":
            return self.drip()
        return self.answer(200, b"hello")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/after":
            return self.answer(303, b"", Location="/ok")
        return self.answer(200, body)

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        with contextlib.suppress(OSError):
            while not Handler.left.wait(0.02):
                self.wfile.write(b"x")
                self.wfile.flush()

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings) -> Iterator[str]:
    Handler.seen = []
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    port = httpd.server_address[1]
    settings.SMO_KIT = {"CORE": {"http_allow": [f"127.0.0.1:{port}"]}}
    Handler.left.clear()
    yield f"http://127.0.0.1:{port}"
    Handler.left.set()
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_an_allowed_server_answers(server):
    answer = fetch(f"{server}/a?b=1")
    assert (answer.status, answer.body, answer.cut, answer.url) == (200, b"hello", False, f"{server}/a?b=1")
    assert Handler.seen == [("GET", "/a?b=1", http.AGENT, None)]


def test_redirects_are_followed(server):
    assert fetch(f"{server}/to?/a").url == f"{server}/a"


def test_a_loop_ends(server):
    with pytest.raises(Refused, match="more than 5 redirects"):
        fetch(f"{server}/loop")
    assert len(Handler.seen) == 6


def test_a_redirect_into_the_owners_network_is_refused(server):
    with pytest.raises(Refused, match="without https"):
        fetch(f"{server}/to?http://169.254.169.254/latest/meta-data/")
    with pytest.raises(Refused, match="not on the public internet"):
        fetch(f"{server}/to?https://127.0.0.1:1/")


def test_a_redirect_to_a_file_is_refused(server):
    with pytest.raises(Refused, match="no web address"):
        fetch(f"{server}/to?file:///etc/passwd")


def test_a_long_body_is_cut(server):
    answer = fetch(f"{server}/big", size=100)
    assert (len(answer.body), answer.cut) == (100, True)


def test_a_server_that_drips_is_left(server):
    with pytest.raises(Refused, match=r"time for the call has run out|does not answer"):
        fetch(f"{server}/drip", timeout=0.2)
    assert not Handler.left.is_set()


def test_addresses_in_any_script_are_called_and_followed(server):
    fetch(f"{server}/to?/чай")
    assert [seen[1] for seen in Handler.seen] == ["/to?/%D1%87%D0%B0%D0%B9", "/%D1%87%D0%B0%D0%B9"]
    fetch(f"{server}/bare")
    assert Handler.seen[-1][1] == "/%D1%87%D0%B0%D0%B9"


def test_a_post_keeps_its_body_and_turns_into_a_get_after_303(server):
    assert fetch(f"{server}/echo", method="POST", body=b"data").body == b"data"
    assert fetch(f"{server}/after", method="POST", body=b"data").body == b"hello"
    assert Handler.seen[-1][:2] == ("GET", "/ok")


def test_a_secret_does_not_follow_to_another_server(server, settings):
    port = int(server.rpartition(":")[2])
    settings.SMO_KIT = {"CORE": {"http_allow": [f"127.0.0.1:{port}", f"localhost:{port}"]}}
    fetch(f"{server}/to?http://localhost:{port}/x", headers={"Authorization": "secret", "Accept": "text/html"})
    assert [seen[3] for seen in Handler.seen] == ["secret", None]


def test_a_closed_port_is_a_clear_refusal(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.SMO_KIT = {"CORE": {"http_allow": [f"127.0.0.1:{port}"]}}
    with pytest.raises(Refused, match=r"127\.0\.0\.1 does not answer"):
        fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/",
        "https://0.0.0.0/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[fe80::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
    ],
)
def test_nothing_inside_is_reached(url):
    with pytest.raises(Refused, match="not on the public internet"):
        fetch(url, timeout=0.5)


def test_every_address_of_a_name_must_be_public(monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        fetch("https://two-faced.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    asked = []

    def resolve(*args, **kwargs):
        asked.append(args[0])
        ip = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443))]

    def connect(address, timeout):
        raise OSError(f"went to {address[0]}")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Refused, match=r"went to 8\.8\.8\.8"):
        fetch("https://rebinding.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://user:pw@example.org/",
        "x",
        "https://a:b/",
        "http://[",
    ],
)
def test_what_is_no_plain_https_address_is_refused(url):
    with pytest.raises(Refused):
        fetch(url)


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True),
        ("2a00:1450::1", True),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
        ("::ffff:0:7f00:1", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("5f00::1", False),
        ("100::1", False),
    ],
)
def test_public_addresses(ip, public):
    assert is_public(ip) is public


@pytest.mark.parametrize("location", ["http://[", "https://a:b/"])
def test_a_redirect_to_nonsense_is_refused(server, location):
    with pytest.raises(Refused):
        fetch(f"{server}/to?{location}")


def test_a_lone_surrogate_is_refused(server):
    with pytest.raises(Refused, match="is no address"):
        fetch(f"{server}/\ud800")


def test_what_breaks_off_is_called_cut(server):
    answer = fetch(f"{server}/broken")
    assert (answer.body, answer.cut) == (b"abc", True)


@pytest.mark.parametrize(
    "url", ["http://push.example.org/", "https://10.0.0.1/", "https://[::1]/", "https://a:b@c.example/", "x"]
)
def test_what_fetch_would_refuse_is_known_before(url):
    with pytest.raises(Refused):
        must_be_callable(url)


def test_a_name_is_not_looked_up_before(monkeypatch):
    asked = []
    monkeypatch.setattr("socket.getaddrinfo", lambda *where, **how: asked.append(where))
    must_be_callable("https://there-is-none.invalid/")
    assert asked == []
