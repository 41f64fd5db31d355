"""Reads a page of this site as a robot would, in this process: no connection is made, nothing else is ever asked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import setting_changed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone, translation
from django.utils.encoding import iri_to_uri

from smo_kit.core.addresses import base_url, joined
from smo_kit.core.http import AGENT, REDIRECTING, REDIRECTS, SIZE, Answer, Refused, location

Request = TypeVar("Request", bound=WSGIRequest)

PORTS: Final = {"https": 443, "http": 80}


def read(
    url: str,
    *,
    request: HttpRequest | None = None,
    home: str = "",
    agent: str = AGENT,
    size: int = SIZE,
    redirects: int = REDIRECTS,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Return what the site answers to a GET of one of its own addresses, or of a path.

    ``request`` says under which address the site is known when no setting does, ``home`` says it itself; ``size`` is
    how many bytes the robot reads. A redirect is followed within the site; of one that leads out of it, in a circle, or
    too far, the answer is the redirect itself. Raises Refused for an address of another site.
    """
    home = home or base_url(request)
    url = joined(f"{home}/", url).partition("#")[0]
    if not is_inside(url, home):
        raise Refused(f"{url} is no address of this site, {home}. Another site's pages are read with --remote only.")
    way: tuple[str, ...] = ()
    while True:
        answer = _ask(url, agent, size, headers or {}, way)
        target = location(answer)
        if answer.status not in REDIRECTING or not target:
            return answer
        way += (url,)
        url = joined(url, target).partition("#")[0]
        if url in way or len(way) > redirects or not is_inside(url, home):
            return answer


def request_for(url: str, kind: type[Request]) -> Request:
    """Return a GET of a full address of this site as a request of one's own kind."""
    return kind(_environ(url, AGENT, {}))


def refuse_unknown_host() -> None:
    """Raise Refused where Django would answer each page with 400, since the site's own host is unknown to it."""
    home = base_url()
    try:
        request_for(home, WSGIRequest).get_host()
    except DisallowedHost as error:
        raise Refused(
            f"The site would be read as {home}, a host that ALLOWED_HOSTS does not name. "
            "Add it there, or correct base_url in SMO_KIT['CORE'] or the domain of the Site in the admin."
        ) from error


def is_inside(url: str, home: str) -> bool:
    """Say whether an address is one of the site that answers at ``home``, over http or https."""
    try:
        theirs, ours = urlsplit(url), urlsplit(home)
        same_port = (theirs.port or PORTS.get(theirs.scheme)) == (ours.port or PORTS.get(ours.scheme))
        default = theirs.port is None and ours.port is None
    except ValueError:
        return False
    is_bare = theirs.username is None and theirs.password is None
    return is_bare and theirs.scheme in PORTS and theirs.hostname == ours.hostname and (same_port or default)


def _ask(url: str, agent: str, size: int, headers: dict[str, str], way: tuple[str, ...]) -> Answer:
    with as_it_was():
        response = handler().get_response(WSGIRequest(_environ(url, agent, headers)))
        body, cut = _body(response, size)
    found = {name.lower(): value for name, value in response.items()}
    return Answer(url, response.status_code, found, body, cut, way)


@cache
def handler(kind: type[BaseHandler] = BaseHandler) -> BaseHandler:
    """Return what answers requests as the server's does, with middleware of its own; one of each kind is kept."""
    made = kind()
    made.load_middleware()
    return made


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "MIDDLEWARE":
        handler.cache_clear()


setting_changed.connect(_forget, dispatch_uid="smo_kit.core.inside")


def _environ(url: str, agent: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(iri_to_uri(url))
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path or "/").decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or PORTS[parts.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "HTTP_USER_AGENT": agent,
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    if settings.SECURE_PROXY_SSL_HEADER and parts.scheme == "https":
        name, value = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = value
    return environ | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}


def _body(response: HttpResponseBase, size: int) -> tuple[bytes, bool]:
    """Return what a robot reads of the body, and whether that is not all.

    The response is not closed as a server would: that tells the whole process that its request has finished.
    """
    chunks: list[bytes] = []
    length = 0
    try:
        for chunk in response:
            data = chunk if isinstance(chunk, bytes) else str(chunk).encode(response.charset)
            chunks.append(data)
            length += len(data)
            if length > size:
                break
    finally:
        for close in response._resource_closers:  # type: ignore[attr-defined]
            close()
    body = b"".join(chunks)
    return body[:size], len(body) > size


@contextmanager
def as_it_was() -> Iterator[None]:
    """Leave language, URLs and time zone of whoever asks as they were, whatever the page sets."""
    urlconf = get_urlconf()
    set_urlconf(None)
    try:
        with timezone.override(timezone.get_current_timezone()), translation.override(translation.get_language()):
            yield
    finally:
        set_urlconf(urlconf)
