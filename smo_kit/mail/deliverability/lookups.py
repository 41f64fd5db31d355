"""Questions to the DNS, each answered within some seconds or not at all."""

from __future__ import annotations

import socket
from typing import Any, Final
from urllib.parse import urlsplit

try:
    import dns.exception
    import dns.resolver
except ImportError:  # without smo-kit[deliverability]
    dns = None

IS_INSTALLED: Final = dns is not None
SECONDS: Final = 5.0
PORT: Final = 53


class Silent(Exception):
    """Nobody answers at all; the text is a sentence for a person."""


class Failed(Exception):
    """One question can't be answered, such as for a broken zone; the text is a sentence for a person."""


class Lookups:
    """Asks the machine's name server, or the one given as ``HOST`` or ``HOST:PORT``; each question once."""

    def __init__(self, nameserver: str = "", seconds: float = SECONDS) -> None:
        """Raise Silent if there is no such name server."""
        self._seconds = seconds
        self._known: dict[tuple[str, str], list[Any]] = {}
        try:
            self._resolver: Any = dns.resolver.Resolver(configure=not nameserver)
        except dns.resolver.NoResolverConfiguration as error:
            raise Silent("This machine has no name server; give one: --nameserver 192.0.2.53.") from error
        if nameserver:
            host, self._resolver.port = _host_and_port(nameserver)
            self._resolver.nameservers = [host]
        self._resolver.lifetime = seconds
        self._resolver.timeout = seconds / 2

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each in one piece. Raises Silent and Failed."""
        return [b"".join(one.strings).decode(errors="replace") for one in self._ask(name, "TXT")]

    def records(self, name: str, kind: str) -> list[str]:
        """Return the records of a kind as a zone file writes them. Raises Silent and Failed."""
        return [one.to_text() for one in self._ask(name, kind)]

    def _ask(self, name: str, kind: str) -> list[Any]:
        if (name, kind) not in self._known:
            self._known[name, kind] = self._answer(name, kind)
        return self._known[name, kind]

    def _answer(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(f"{name}.", kind, raise_on_no_answer=False))
        except dns.resolver.NXDOMAIN:
            return []
        except dns.exception.Timeout as error:
            text = f"The name server does not answer within {self._seconds:g} seconds (asked for {kind} of {name})."
            raise Silent(f"{text} Try again, or give another: --nameserver.") from error
        except dns.resolver.NoNameservers as error:
            raise Failed(f"The name server can't tell {kind} of {name}: its zone or DNSSEC is broken.") from error
        except dns.exception.DNSException as error:
            raise Failed(f"{name} can't be asked for: {error}") from error


def _host_and_port(nameserver: str) -> tuple[str, int]:
    """Return the address and port of a name server. Raises Silent."""
    try:
        parts = urlsplit(f"//{nameserver}")
        found = socket.getaddrinfo(parts.hostname, parts.port or PORT, type=socket.SOCK_DGRAM)
    except (ValueError, OSError) as error:
        raise Silent(f"There is no name server {nameserver}: {error}. Write HOST or HOST:PORT.") from error
    host, port = found[0][4][:2]
    return str(host), int(port)
