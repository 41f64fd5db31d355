"""A push service on this machine, and a browser's side of the cryptography."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from smo_kit.notify.base64url import to_base64url

SECRET = b"0123456789abcdef"


@dataclass
class Browser:
    """What a browser keeps to itself, and what it tells the site."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def p256dh(self) -> str:
        point = serialization.PublicFormat.UncompressedPoint
        return to_base64url(self.key.public_key().public_bytes(serialization.Encoding.X962, point))

    @property
    def auth(self) -> str:
        return to_base64url(SECRET)

    def read(self, body: bytes) -> dict[str, str]:
        """Return what a push says; nobody else can."""
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=SECRET, version="aes128gcm"))


@dataclass
class Service:
    """What came in, and what is answered: a status by path, 201 for the others."""

    url: str
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    hold: threading.Event | None = None
    """No answer comes before this is set."""

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def is_signed(self, place: int = 0) -> bool:
        """Say whether the site's key has signed, as RFC 8292 wants it."""
        return bool(Vapid02.verify(self.came[place][1]["authorization"]))


@contextmanager
def running() -> Iterator[Service]:
    """Run a service until the end of the block."""
    service = Service("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.came.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if service.hold:
                service.hold.wait(30)
            status, headers = service.answers.get(self.path, (201, {}))
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        if service.hold:
            service.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()
