"""Addresses that look public and lead inside: no call is made to any of them, at first or after a redirect."""

from __future__ import annotations

import socket

import pytest

from smo_kit.core import http
from smo_kit.core.http import Answer, Refused, fetch, is_public, must_be_callable

pytestmark = pytest.mark.django_db

SPELLED = {
    "a number": "https://2130706433/",
    "a number of eight": "https://017700000001/",
    "a number of sixteen": "https://0x7f000001/",
    "parts of eight": "https://0177.0.0.01/",
    "parts of sixteen": "https://0x7f.0x0.0x0.0x1/",
    "parts of both": "https://0xa9.254.0251.254/",
    "two parts": "https://127.1/",
    "three parts": "https://169.254.43518/",
    "nothing": "https://0/",
    "a dot at the end": "https://127.0.0.1./",
    "wide letters": "https://１２７.０.０.１/",
    "letters in circles": "https://①②⑦.⓪.⓪.①/",
    "an ideographic full stop": "https://127。0。0。1/",
    "mapped": "https://[::ffff:127.0.0.1]/",
    "mapped, in hex": "https://[::ffff:a9fe:a9fe]/",
    "compatible": "https://[::127.0.0.1]/",
    "translated": "https://[64:ff9b::a9fe:a9fe]/",
    "in a tunnel": "https://[2002:a9fe:a9fe::1]/",
    "with a zone": "https://[fe80::1%25eth0]/",
    "unique local": "https://[fd00:ec2::254]/",
    "any": "https://[::]/",
    "the broadcast": "https://255.255.255.255/",
    "carriers": "https://100.100.100.200/",
    "protocols": "https://192.0.0.192/",
    "the host of a machine": "https://168.63.129.16/",
    "a user before": "https://example.org@127.0.0.1/",
    "a user with a mark": "https://example.org%20@127.0.0.1/",
    "a user that is a port": "https://example.org:443@127.0.0.1/",
    "a fragment": "https://127.0.0.1#@example.org/",
    "a query": "https://127.0.0.1?@example.org/",
    "a backslash": "https://127.0.0.1\\@example.org/",
    "a tab": "https://127.0.\t0.1/",
    "a line break": "https://127.0.0.1\r\n.example.org/",
    "a port": "https://127.0.0.1:6379/",
    "a file": "file:///etc/passwd",
    "a file of a host": "file://127.0.0.1/etc/passwd",
    "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
    "dict": "dict://127.0.0.1:11211/stats",
    "ldap": "ldap://127.0.0.1/",
    "jar": "jar:https://127.0.0.1!/",
    "netdoc": "netdoc:///etc/passwd",
    "data": "data:text/html,hello",
    "javascript": "javascript:alert(1)",
    "no scheme": "//127.0.0.1/",
    "one slash": "https:/127.0.0.1/",
    "three slashes": "https:///127.0.0.1/",
    "in capitals": "HTTPS://LOCALHOST/",
    "no lock": "http://127.0.0.1/",
}


@pytest.fixture
def called(monkeypatch) -> list[str]:
    """Return the addresses that are connected to. Numbers are read as the machine reads them; no name is known."""
    called: list[str] = []
    real = socket.getaddrinfo

    def known(host, port, **how):
        if host.lower() == "localhost":
            host = "127.0.0.1"
        return real(host, port, flags=socket.AI_NUMERICHOST, **how)

    def connect(where, timeout):
        called.append(where[0])
        raise OSError("nobody is there")

    monkeypatch.setattr(socket, "getaddrinfo", known)
    monkeypatch.setattr(socket, "create_connection", connect)
    return called


@pytest.mark.parametrize("url", SPELLED.values(), ids=SPELLED)
def test_no_spelling_leads_inside(called, url):
    with pytest.raises(Refused):
        fetch(url, timeout=0.5)
    assert called == []


@pytest.mark.parametrize("url", SPELLED.values(), ids=SPELLED)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_leads_inside(called, monkeypatch, url, status):
    real = http._call

    def call(asked, *how):
        if asked != "https://example.org/":
            return real(asked, *how)
        location = url.encode().decode("latin-1")  # as it comes in over the wire
        return Answer(asked, status, {"location": location}, b"", cut=False)

    monkeypatch.setattr(http, "_call", call)
    with pytest.raises(Refused):
        fetch("https://example.org/", timeout=0.5)
    assert called == []


def test_a_public_address_is_called(called):
    """So the tests above can fail."""
    with pytest.raises(Refused, match="nobody is there"):
        fetch("https://8.8.8.8/", timeout=0.5)
    assert called == ["8.8.8.8"]


@pytest.mark.parametrize("port", [25, 6379, 11211])
def test_a_name_is_asked_once_for_each_call(called, monkeypatch, port):
    """A name that leads outside at first and inside then: the first answer is the one that is called."""
    answers = iter(["8.8.8.8", "127.0.0.1", "169.254.169.254"])
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]
    )
    with pytest.raises(Refused):
        fetch(f"https://rebinding.example:{port}/", timeout=0.5)
    assert called == ["8.8.8.8"]


def test_a_name_that_turns_inside_between_two_calls_is_refused(called, monkeypatch):
    """A redirect to itself asks its name again, and believes the new answer no more than the first."""
    answers = iter(["8.8.8.8", "127.0.0.1"])
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 443))]
    )

    class Leads(http._Pinned):
        def request(self, *_, **__):
            called.append(self._address)

        def getresponse(self):
            return Redirect()

    class Redirect:
        status = 302

        def read(self, _size):
            return b""

        def getheaders(self):
            return [("Location", "/again")]

        def getheader(self, _name, default):
            return default

    monkeypatch.setattr(http, "_Pinned", Leads)
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        fetch("https://rebinding.example/", timeout=0.5)
    assert called == ["8.8.8.8"]


@pytest.mark.parametrize(
    "ip", ["192.0.0.192", "192.0.0.9", "192.88.99.1", "168.63.129.16", "3fff::1", "2001:2::1", "2001:db8::1", "ff0e::1"]
)
def test_what_python_calls_global_and_is_not(ip):
    assert not is_public(ip)
    with pytest.raises(Refused):
        must_be_callable(f"https://[{ip}]/" if ":" in ip else f"https://{ip}/")
