"""A page's own view, run once more for who asks, in a private request.

The site's middleware is asked as for any page before its view, by ``process_view``; that which the setting ``gates``
names, as a whole. What it says in the view's place is passed on. Nothing of the run reaches anybody: no cookie, no
change of the session, no entry of a cache, no message.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, Final
from urllib.parse import quote, urljoin

from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.utils.translation import override

from smo_kit.core.answers import language_of
from smo_kit.core.events import event, event_logger
from smo_kit.core.inside import as_it_was, handler
from smo_kit.core.transactions import LOST
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.private_run import PrivateRequest, run_for
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Elsewhere, Gone
from smo_kit.lock.wanted import want

logger = event_logger(__name__)

GONE: Final = frozenset({304, 404, 410})


def run_again(request: HttpRequest, ref: Ref) -> tuple[PrivateRequest, HttpResponseBase]:
    """Return the run of a lock's page (``ref.where``) that looks for it, and what its view has answered, some 2xx.

    Raises Gone where there is no such page (any more), Elsewhere for what the site answers in its place.
    """
    language = language_of(ref.key.language)
    run = run_for(request, ref.where, language)
    want(run, ref, request)
    with as_it_was(), override(language):
        response = _response(run, ref)
    if response.status_code in GONE or response.status_code >= 500:
        close_files(response)
        raise Gone(ref.where)
    if not 200 <= response.status_code < 300 or not run.has_reached_view:
        raise Elsewhere(_passed_on(response, run))
    return run, response


def close_files(response: Any) -> None:
    """Close the files of an answer that nobody gets, but not the answer: that would end the request that goes on."""
    for close in response._resource_closers:
        close()


def _response(run: PrivateRequest, ref: Ref) -> HttpResponseBase:
    try:
        return _site()(run)
    except PermissionDenied as error:
        return response_for_exception(run, error)
    except Http404 as error:
        raise Gone(ref.where) from error
    except LOST:
        raise
    except Exception as error:
        logger.exception(
            "The page %s of the lock %s can't be run.",
            ref.where,
            ref.name,
            extra=event("lock.page_not_run", lock=ref.name),
        )
        raise Gone(ref.where) from error


def _site() -> Callable[[PrivateRequest], HttpResponseBase]:
    """Return what answers the site's requests behind its gates, and notes in the run when its view is called."""
    site: Any = copy(handler())
    site._view_middleware = [*site._view_middleware, _note]
    answer = site._get_response  # all that comes after the middleware's start
    for gate in reversed(lock_settings.in_code().gates):
        answer = import_string(gate)(answer)
    return answer  # type: ignore[no-any-return]  # middleware is what a site makes it


def _note(run: PrivateRequest, *args: object) -> None:
    run.has_reached_view = True


def _passed_on(response: HttpResponseBase, run: PrivateRequest) -> HttpResponseBase:
    """Return an answer of the site's without cookies, and without the query that was ours alone."""
    response.cookies.clear()
    location = response.headers.get("Location")
    if location is not None:
        for salt in (f"?{run.salt}", quote(f"?{run.salt}"), quote(f"?{run.salt}", safe="")):
            location = location.replace(salt, "")
        response.headers["Location"] = urljoin(run.path, location)
    return response
