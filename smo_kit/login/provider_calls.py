"""Calls to providers, within bounds: an answer that drips byte by byte, or never ends, keeps no worker."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any, Final

import requests
from allauth.core import context
from allauth.socialaccount import app_settings
from django.http import HttpRequest
from requests.adapters import HTTPAdapter

SECONDS: Final = 10.0
"""For a whole call with its redirects. Each silence within it is bounded by SOCIALACCOUNT_REQUESTS_TIMEOUT."""
SIZE: Final = 1_000_000
"""Bytes of an answer."""
REDIRECTS: Final = 5
CHUNK: Final = 16_384
_ASKED: Final = "_smo_has_asked"


class Session(requests.Session):
    """One call at a time. Raises requests.Timeout when it takes too long, RequestException when too much comes."""

    def __init__(self) -> None:
        super().__init__()
        self.max_redirects = REDIRECTS
        self._line = _Line()
        for scheme in ("https://", "http://"):
            self.mount(scheme, self._line)

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Call, and break off wherever it is when the time has run out."""
        if context.request is not None:
            setattr(context.request, _ASKED, True)
        kwargs.setdefault("timeout", app_settings.REQUESTS_TIMEOUT)
        watchdog = threading.Timer(SECONDS, self._line.hang_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            return super().request(*args, **kwargs)
        except Exception as error:
            if self._line.is_over:
                raise requests.Timeout(f"It took more than {SECONDS:g} seconds.") from error
            raise
        finally:
            watchdog.cancel()


class _Line(HTTPAdapter):
    """Knows the connections that it has opened, and reads no more of an answer than it may."""

    def __init__(self) -> None:
        super().__init__()
        self.is_over = False
        self._opened: list[Any] = []

    def hang_up(self) -> None:
        """End what is under way, and begin nothing more."""
        self.is_over = True
        for one in self._opened:
            if one.sock is not None:
                with contextlib.suppress(OSError):
                    one.sock.shutdown(socket.SHUT_RDWR)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = self._noting(type(pool).ConnectionCls)
        return pool

    def send(self, request: requests.PreparedRequest, stream: bool = False, **kwargs: Any) -> requests.Response:
        response = super().send(request, stream=True, **kwargs)
        body = b""
        for part in response.iter_content(CHUNK):
            body += part
            if len(body) > SIZE:
                response.close()
                raise requests.RequestException(f"The answer is longer than {SIZE} bytes.")
        if self.is_over:
            raise requests.Timeout
        response._content = body
        return response

    def _noting(self, make: Any) -> Any:
        def connection(*args: Any, **kwargs: Any) -> Any:
            if self.is_over:
                raise requests.Timeout
            one = make(*args, **kwargs)
            self._opened.append(one)
            return one

        return connection


def has_asked(request: HttpRequest) -> bool:
    """Say whether a provider has been called for this request: only then what went wrong is not the reader's word."""
    return getattr(request, _ASKED, False)
