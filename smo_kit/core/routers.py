"""For sites that read from replicas: who has written reads what he wrote.

::

    DATABASE_ROUTERS = ["smo_kit.core.routers.ReadOwnWrites", "site.routers.Replicas"]

Rows are read where they are written: within a transaction; from the first write of a request to its end; in all of a
request that acts (POST), which is about what its page has shown a moment ago; and in all of a task, which is told to
look at what was just written. All other reads go where the site's own router sends them.

Under ASGI Django tells of the start of a request in a context that ends with the telling, so that a request which acts
is known by its first write alone; ``reads_where_it_acts``, first in ``MIDDLEWARE``, tells it in the request's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from asgiref.sync import iscoroutinefunction
from django.apps import apps
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connections, router
from django.db.models import Model
from django.http import HttpRequest
from django.utils.decorators import sync_and_async_middleware

from smo_kit.core.tasks import task_finished, task_started

SAFE: Final = {"GET", "HEAD", "OPTIONS", "TRACE"}

_has_written: Final[ContextVar[bool]] = ContextVar("smo_has_written", default=False)
_around: Final[ContextVar[tuple[bool, ...]]] = ContextVar("smo_has_written_around", default=())
"""The same of what the running tasks were begun in: a request, with Django's ``ImmediateBackend``."""


class ReadOwnWrites:
    """A router that stands before the one that knows of replicas."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return where the model is written while what was read elsewhere might be too old; else None."""
        writer = self._writer(model, hints)
        return writer if _has_written.get() or connections[writer].in_atomic_block else None

    def db_for_write(self, model: type[Model], **hints: Any) -> None:
        """Remember that something is written; where is the next router's to say."""
        _has_written.set(True)

    def _writer(self, model: type[Model], hints: dict[str, Any]) -> str:
        """Ask the routers after this one, as Django would."""
        for one in router.routers:
            if not isinstance(one, ReadOwnWrites) and (ask := getattr(one, "db_for_write", None)):
                chosen = ask(model, **hints)
                if chosen:
                    return str(chosen)
        instance = hints.get("instance")
        return (instance._state.db if instance is not None else None) or "default"


def behind_for_writers() -> str:
    """Return the database from which who has just written would read what is older than that; "" if there is none.

    The site's routers are asked, no database is. Without routers nobody is sent to a replica. A router that picks at
    random may answer right by chance, so Django's own sign of a replica (``TEST``: ``MIRROR``) counts beside it.
    """
    if not router.routers:
        return ""
    has_ours = any(isinstance(one, ReadOwnWrites) for one in router.routers)
    mirrors = [alias for alias, one in settings.DATABASES.items() if one.get("TEST", {}).get("MIRROR")]
    return mirrors[0] if mirrors and not has_ours else _read_elsewhere()


def _read_elsewhere() -> str:
    """Ask the routers for each of our models, as if it had just been written."""
    before = _has_written.set(True)
    try:
        for model in apps.get_models():
            if model._meta.app_label.startswith("smo_"):
                reads = router.db_for_read(model)
                if reads != router.db_for_write(model):
                    return str(reads)
    finally:
        _has_written.reset(before)
    return ""


def forget_writes(**kwargs: object) -> None:
    """Read from replicas again: another request begins."""
    _has_written.set(False)
    _around.set(())


@sync_and_async_middleware
def reads_where_it_acts(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware for sites that are served by ASGI: all of a request that acts reads where it writes."""
    if not iscoroutinefunction(get_response):

        def answer(request: HttpRequest) -> Any:
            with _acting(request):
                return get_response(request)

        return answer

    async def answer_later(request: HttpRequest) -> Any:
        with _acting(request):
            return await get_response(request)

    return answer_later


@contextmanager
def _acting(request: HttpRequest) -> Iterator[None]:
    """Read where one writes, if this request acts. One that looks changes nothing: it may be made within another."""
    if request.method in SAFE:
        yield
        return
    before = _has_written.get()
    _has_written.set(True)
    try:
        yield
    finally:
        _has_written.set(before)


def _begin_request(
    *, environ: Mapping[str, Any] | None = None, scope: Mapping[str, Any] | None = None, **kwargs: object
) -> None:
    """Forget what another request has written. WSGI tells the method in ``environ``, ASGI in ``scope``."""
    forget_writes()
    method = (environ or {}).get("REQUEST_METHOD") or (scope or {}).get("method")
    _has_written.set(method not in SAFE)


def _begin_task(**kwargs: object) -> None:
    _around.set((*_around.get(), _has_written.get()))
    _has_written.set(True)


def _end_task(**kwargs: object) -> None:
    *around, before = _around.get() or (False,)
    _around.set(tuple(around))
    _has_written.set(before)


for signal, hear in (
    (request_started, _begin_request),
    (request_finished, forget_writes),
    (task_started, _begin_task),
    (task_finished, _end_task),
):
    signal.connect(hear, dispatch_uid="smo_kit.core.routers")
