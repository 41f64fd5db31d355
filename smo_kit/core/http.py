"""The only way out of the site: time-out, size cap, https, no address inside the owner's network.

The name is resolved once and the connection goes to the address that was checked, so a second answer of the DNS
can't lead elsewhere; each redirect is checked as the first address was.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from smo_kit import __version__
from smo_kit.core.conf import core_settings

TIMEOUT: Final = 5.0
"""Seconds for a whole call with its redirects."""
SIZE: Final = 1_000_000
"""Bytes of a body that are read at the most."""
REDIRECTS: Final = 5
AGENT: Final = f"smo-kit/{__version__}"

REDIRECTING: Final = {301, 302, 303, 307, 308}
_GLOBAL: Final = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given to the public internet (RFC 4291, 2.4). What is outside of it names hosts of one's own, as
the site-local ``fec0::/10`` does, or hides an IPv4 address: ``::7f00:1``, ``::ffff:0:7f00:1``, ``64:ff9b::7f00:1``."""
# Within it two prefixes hide an IPv4 address, which may be private (RFC 3056, RFC 4380).
_WRAPPING: Final = tuple(map(ipaddress.IPv6Network, ("2002::/16", "2001::/32")))
_INSIDE: Final = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20", "2001::/23"))
)
"""Not of the public internet, though some Pythons (before 3.12.4), or all, call them global: addresses of protocols
(RFC 6890; one cloud tells keys at ``192.0.0.192``), the end of a tunnel (RFC 7526), the host of a machine in another
cloud, documentation (RFC 9637), protocols of IPv6 (RFC 2928)."""


class Refused(Exception):
    """The call was not made, or broken off: the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from ``url``, the last address of the way."""

    url: str
    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes
    cut: bool
    """True when ``body`` is not all of it: it was longer than asked for, or the connection broke."""
    way: tuple[str, ...] = ()
    """Addresses that were asked before and sent us on, the first one first."""


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = TIMEOUT,
    size: int = SIZE,
    redirects: int = REDIRECTS,
) -> Answer:
    """Call an address outside. Raises Refused for what may not be called, and when it does not answer in time."""
    deadline = time.monotonic() + timeout
    way: tuple[str, ...] = ()
    for _ in range(redirects + 1):
        answer = _call(url, method, dict(headers or {}), body, deadline, size)
        target = location(answer)
        if answer.status not in REDIRECTING or not target:
            return replace(answer, way=way)
        way += (url,)
        origin, url = _origin(url), _joined(url, target)
        headers = headers if _origin(url) == origin else _without_secrets(headers or {})
        if answer.status == 303 or (answer.status in {301, 302} and method == "POST"):
            method, body = "GET", None
    raise Refused(f"{url} is the end of more than {redirects} redirects.")


def must_be_callable(url: str) -> None:
    """Raise Refused for what ``fetch`` would refuse unasked, before the host's name is looked up."""
    _scheme, host, port = _checked(url)
    try:
        is_inside = not is_public(host)
    except ValueError:  # a name
        return
    if is_inside and not _allowed(host, port):
        raise Refused(f"{host} is not on the public internet.")


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise Refused(f"{url} leads to {target!r}, which is no address.") from error


def location(answer: Answer) -> str:
    """Return where a redirect leads; a bare address in another script is UTF-8 that came in as Latin-1."""
    raw = answer.headers.get("location", "")
    try:
        return raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return raw


def _call(url: str, method: str, headers: dict[str, str], body: bytes | None, deadline: float, size: int) -> Answer:
    scheme, host, port = _checked(url)
    address = _address_of(host, port)
    parts = urlsplit(_encoded(url))
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = _Pinned(host, port, address, secure=scheme == "https", timeout=_left(deadline))
    watchdog = threading.Timer(_left(deadline), connection.hang_up)
    watchdog.start()
    try:
        connection.request(method, target, body, {"User-Agent": AGENT, "Accept-Encoding": "identity", **headers})
        response = connection.getresponse()
        content = response.read(size + 1)
        _left(deadline)
        found = {name.lower(): value for name, value in response.getheaders()}
        cut = len(content) > size or _is_short(response, method, content)
        return Answer(url, response.status, found, content[:size], cut)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused(f"{host} does not answer: {error}") from error
    finally:
        watchdog.cancel()
        connection.close()


def _encoded(url: str) -> str:
    try:
        return iri_to_uri(url)
    except UnicodeError as error:
        raise Refused(f"{url!r} is no address: {error}") from error


def _is_short(response: http.client.HTTPResponse, method: str, content: bytes) -> bool:
    """Say whether the connection ended before all that was announced had come."""
    announced = response.getheader("Content-Length", "")
    return method != "HEAD" and announced.isdecimal() and len(content) < int(announced[:18])


def _checked(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        scheme, host, port = (
            parts.scheme,
            parts.hostname or "",
            parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0),
        )
    except ValueError as error:
        raise Refused(f"{url!r} is no address: {error}") from error
    if scheme not in {"http", "https"} or not host:
        raise Refused(f"{url!r} is no web address.")
    if parts.username or parts.password:
        raise Refused(f"{host} is addressed with a password, which is not passed on.")
    if scheme == "http" and not _allowed(host, port):
        raise Refused(f"{host} is addressed without https.")
    return scheme, host, port


def _address_of(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host} is not known: {error}") from error
    addresses = [str(info[4][0]) for info in found]
    if not _allowed(host, port) and (inside := [one for one in addresses if not is_public(one)]):
        raise Refused(f"{host} leads to {inside[0]}, which is not on the public internet.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, not of a host's own or the owner's network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _GLOBAL or any(ip in network for network in _WRAPPING):
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _INSIDE)


def _allowed(host: str, port: int) -> bool:
    return f"{host}:{port}" in core_settings().http_allow


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Refused("The time for the call has run out.")
    return left


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in {"authorization", "cookie"}}


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address that speaks to, and verifies, the host of the URL."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address
        self._secure = secure
        self._line: socket.socket | None = None
        self._hung_up = False
        if secure:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        self.sock = self._line = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = self._line = secured = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            secured.do_handshake()  # apart, so that it can be hung up on too
        if self._hung_up:
            self.hang_up()

    def hang_up(self) -> None:
        """Break off, wherever the call is: a server that drips byte by byte never meets a socket's own time-out."""
        self._hung_up = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
