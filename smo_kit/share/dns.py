"""Names and addresses, as the DNS tells them, within a second: whoever asks waits in no request."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, Protocol

TIMEOUT: Final = 1.0
"""Seconds that one question may take."""
MOST: Final = 10
"""Answers to one question that are looked at."""

_NO_NAME: Final = {1, 4}
"""HOST_NOT_FOUND and NO_DATA of netdb.h: there is none. Other errors pass."""
_NO_ADDRESS: Final = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class NoAnswer(Exception):
    """The DNS does not answer at present: nothing is known of what was asked."""


class Resolver(Protocol):
    """What ``SMO_KIT["SHARE"]["resolver"]`` names. Both return () where there is none, and may raise anything."""

    def names_of(self, address: str) -> Collection[str]:
        """Return the names that whoever has an address has given to it (PTR)."""

    def addresses_of(self, name: str) -> Collection[str]:
        """Return the addresses of a name (A, AAAA)."""


class System:
    """The resolver of the machine."""

    def names_of(self, address: str) -> Collection[str]:
        """Return the host names of an address."""
        try:
            name, aliases, _ = socket.gethostbyaddr(address)
        except socket.herror as error:
            if error.errno in _NO_NAME:
                return ()
            raise
        return (name, *aliases)

    def addresses_of(self, name: str) -> Collection[str]:
        """Return the addresses of a host name."""
        try:
            found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno in _NO_ADDRESS:
                return ()
            raise
        return [str(info[4][0]) for info in found]


system: Final = System()


def answers(ask: Callable[[str], Collection[str]], about: str) -> list[str]:
    """Return what is answered within ``TIMEOUT``. Raises NoAnswer, also for whatever ``ask`` raises.

    The system's resolver knows no time-out of its own: a question that hangs is left alone, in a thread that ends by
    itself and keeps no process alive.
    """
    box: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def put() -> None:
        try:
            box.put([str(one) for one in islice(ask(about), MOST)])
        except Exception as error:
            box.put(error)

    Thread(target=put, daemon=True).start()
    try:
        found = box.get(timeout=TIMEOUT)
    except Empty:
        raise NoAnswer(f"{about}: no answer within {TIMEOUT} s") from None
    if isinstance(found, Exception):
        raise NoAnswer(f"{about}: {found}") from found
    return found
