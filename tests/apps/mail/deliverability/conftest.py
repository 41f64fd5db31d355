"""A name server on this machine that knows what a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from smo_kit.mail.deliverability import lookups as lookups_module
from smo_kit.mail.deliverability.lookups import Lookups
from tests.require import missing

try:
    import dns.flags
    import dns.message
    import dns.rcode
    import dns.rrset
except ImportError:
    dns = None  # type: ignore[assignment]

DOMAIN = "magazine.test"
KEY_1024 = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCc+2X9k9+s56fV/h4WA7DuM5QaIAAMjssaKHfIFBt31ospQcm5E6aRMkwYywwal0Xg9AImhu1J"
    "keUQAM8Io0u8RA4g44BSzxt18SXyNWxEnDGQUs8Lu8u3WfoqOQqF0zYDv6E9ehckqtd/OAF+JrziOQz/qInitIAGl7Er2z3VEwIDAQAB"
)
KEY_2048 = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmtuSrg7Me2w4svz6lNgjxFl570yoFsXuHihRu6ojw4cmo3muasbpdnBBq6oA/dgyXbKd"
    "1Ytvmno3uIa+rBi+s5/Exac76Ag1HtFjlFSrhHDUM2WGvHZi1kVqF/zsW0kUfanlOA/CXA8FTFml9nhLyMEw/oNZy0whdMdce+7qUV64SLMtj+Iy"
    "iFbej6mZikgcP7U5XQd2jaA9jrM43gd585ntxaSakjXFXcq4C/klEwwNcH0Bq3orBB1PEAEPiaprc8T1xL862mXgvQH26+51k8Lt2qp5SdtQNMbP"
    "/Hz4EL0irEPlnxBCQJDKJpOYpp5NyZnTwIhx4GwvFioWlPYInwIDAQAB"
)


class NameServer:
    """Answers what ``zone`` says: ``zone["magazine.test", "TXT"] = ["v=spf1 mx -all"]``."""

    def __init__(self) -> None:
        self.zone: dict[tuple[str, str], list[str]] = {}
        self.broken: set[str] = set()
        self.is_silent = False
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            wire, address = self._socket.recvfrom(4096)
            if not wire:
                return
            if not self.is_silent:
                self._socket.sendto(self._answer(wire), address)

    def _answer(self, wire: bytes) -> bytes:
        query = dns.message.from_wire(wire)
        (question,) = query.question
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append(name)
        answer: Any = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if name in self.broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif not any(known == name for known, _kind in self.zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        for text in self.zone.get((name, kind), ()):
            texts = [_quoted(text)] if kind == "TXT" else [text]
            answer.find_rrset(answer.answer, question.name, question.rdclass, question.rdtype, create=True).update(
                dns.rrset.from_text(question.name, 60, question.rdclass, kind, *texts)
            )
        return answer.to_wire()


def _quoted(text: str) -> str:
    return " ".join(f'"{text[start : start + 200]}"' for start in range(0, len(text), 200))


@pytest.fixture
def server() -> Iterator[NameServer]:
    """A name server that knows nothing yet."""
    if not lookups_module.IS_INSTALLED:
        missing("dnspython", "the package is not installed")
    one = NameServer()
    try:
        yield one
    finally:
        one.close()


@pytest.fixture
def lookups(server: NameServer) -> Lookups:
    return Lookups(f"127.0.0.1:{server.port}", seconds=2)
