"""The source ``view``: the page's own view is run once more for who asks, and only what the lock hides is kept of it.

The site's middleware is asked as for any page before its view; what it says in the view's place is passed on. Nothing
of the run reaches anybody: no cookie, no change of the session, no entry of a cache, no message.
"""

from __future__ import annotations

import logging
from copy import copy
from typing import Any, Final
from urllib.parse import quote, urljoin

from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString
from django.utils.translation import override

from smo_kit.core.answers import language_of
from smo_kit.core.inside import as_it_was, handler
from smo_kit.core.transactions import LOST
from smo_kit.lock.private_run import PrivateRequest, run_for, token_back
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Elsewhere, Gone
from smo_kit.lock.wanted import found, want

logger = logging.getLogger(__name__)

GONE: Final = frozenset({304, 404, 410})
CURE: Final = "hide a field of an object, field=…, or let the view answer as a whole."


def part_of_view(request: HttpRequest, ref: Ref) -> SafeString:
    """Return what the lock hides on its page, as the page is for who asks. Raises Gone, Elsewhere."""
    language = language_of(ref.key.language)
    run = run_for(request, ref.where, language)
    want(run, ref, request)
    with as_it_was(), override(language):
        response = _response(run, ref)
    part = found(run)
    if response.status_code in GONE or response.status_code >= 500:
        raise Gone(ref.where)
    if not 200 <= response.status_code < 300 or not run.has_reached_view:
        raise Elsewhere(_passed_on(response, run))
    if part is None:
        if response.streaming:
            logger.error("%s is streamed, so what its lock %s hides can't be found: %s", ref.where, ref.name, CURE)
        raise Gone(ref.where)
    token_back(run, request)
    return part


def _response(run: PrivateRequest, ref: Ref) -> HttpResponseBase:
    try:
        response: Any = _site()._get_response(run)  # all that comes after the middleware's own start
    except PermissionDenied as error:
        return response_for_exception(run, error)
    except Http404 as error:
        raise Gone(ref.where) from error
    except LOST:
        raise
    except Exception as error:
        logger.exception("The page %s of the lock %s can't be run.", ref.where, ref.name)
        raise Gone(ref.where) from error
    for close in response._resource_closers:  # not response.close(): this request goes on
        close()
    return response  # type: ignore[no-any-return]


def _site() -> Any:
    """Return what answers the site's requests, and notes in the run when its view is called."""
    site: Any = copy(handler())
    site._view_middleware = [*site._view_middleware, _note]
    return site


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
