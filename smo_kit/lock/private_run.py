"""A reader's request, made once more for another page of the site: as he is, but for what he sends with this one."""

from __future__ import annotations

import io
from copy import deepcopy
from secrets import token_hex
from typing import Any, Final

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

_LEFT_OUT: Final = frozenset(
    f"HTTP_{name}"
    for name in ("ACCEPT", "COOKIE", "ORIGIN", "RANGE", "REFERER", "X_REQUESTED_WITH", "X_SMO_PART", "CACHE_CONTROL")
)
"""Headers that are about the request at hand, not about who sends it."""
_CONDITIONS: Final = ("HTTP_IF_", "HTTP_SEC_", "CONTENT_", "wsgi.", "HTTP_TRANSFER_")
_CSRF: Final = ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE")
_OWN: Final = frozenset({"resolver_match", "session", "csrf_processing_done", "upload_handlers", "scope"})
KEY: Final = "smo-part"


class PrivateRequest(WSGIRequest):
    """A request whose answer nobody gets."""

    salt: str
    """The query, which no cache knows."""
    has_reached_view = False
    """Whether the site's middleware has let it through."""

    @property
    def _cache_update_cache(self) -> bool:
        """What Django's cache asks before it keeps an answer; it sets it as well."""
        return False

    @_cache_update_cache.setter
    def _cache_update_cache(self, value: bool) -> None:
        pass


class ReadSession(SessionBase):
    """A session that can be read, and changed for nobody but this run."""

    def __init__(self, of: Any) -> None:
        super().__init__(of.session_key)
        self._of = of

    def load(self) -> dict[str, Any]:
        return deepcopy(dict(self._of.items()))

    def exists(self, session_key: str) -> bool:
        return False

    def create(self) -> None: ...

    def save(self, must_create: bool = False) -> None: ...

    def delete(self, session_key: str | None = None) -> None: ...


class NoMessages(BaseStorage):
    """Messages that nobody reads."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []


def run_for(reader: HttpRequest, path: str, language: str) -> PrivateRequest:
    """Return a GET of a path of this site as the reader would send it, in a language: his account, session and address,
    and what the site's middleware has found out about him; no cookie, no condition, and a query that no cache knows.
    """
    salt = f"{KEY}={token_hex(8)}"
    run = PrivateRequest(_environ(reader, path, salt))
    run.salt = salt
    run.LANGUAGE_CODE = language
    for name, value in vars(reader).items():
        if not (name.startswith("_") or name in _OWN or name in vars(run) or hasattr(WSGIRequest, name)):
            setattr(run, name, value)
    if hasattr(reader, "session"):
        run.session = ReadSession(reader.session)
    if hasattr(reader, "_messages"):
        run._messages = NoMessages(run)  # type: ignore[attr-defined]
    return run


def token_back(run: HttpRequest, reader: HttpRequest) -> None:
    """Let a form in what was found be sent: its token is one of the reader's, who had none before."""
    reader.META.update({name: run.META[name] for name in _CSRF if name in run.META})


def _environ(reader: HttpRequest, path: str, query: str) -> dict[str, Any]:
    kept = {name: value for name, value in reader.META.items() if isinstance(value, str) and _is_his(name)}
    script = reader.META.get("SCRIPT_NAME", "")
    return {
        **kept,
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": script,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8",
        "wsgi.url_scheme": reader.scheme or "http",
        "wsgi.input": io.BytesIO(),
        **{name: reader.META[name] for name in _CSRF if name in reader.META},
    }


def _is_his(name: str) -> bool:
    return name not in _LEFT_OUT and not name.startswith(_CONDITIONS)
