"""A whole page behind a lock: ``@locked(…)`` on its view.

Everybody is answered with the same closed page, so it can be kept like any other. The view is run only for those to
whom the lock is open, in a private request, and its own answer is what they get.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from inspect import iscoroutinefunction
from typing import Any, Final, TypeVar, cast

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.answers import unstored
from smo_kit.core.cards import Card
from smo_kit.core.faults import fault
from smo_kit.core.pages import Page, page_for
from smo_kit.lock.addresses import path_of
from smo_kit.lock.again import run_again
from smo_kit.lock.opening import is_open
from smo_kit.lock.private_run import token_back
from smo_kit.lock.refs import Ref
from smo_kit.lock.rendering import lock_html
from smo_kit.lock.sources import register_source
from smo_kit.lock.terms import Terms, terms_of
from smo_kit.lock.wanted import is_looking, is_wanted, reader_behind

SOURCE: Final = "page"
NAME: Final = "page"
WHOLE: Final = "X-Smo-Whole"
"""Says to the script that what is behind the lock is a page of its own, at the address that it has just asked."""
READING: Final = {"GET", "HEAD"}

View = TypeVar("View", bound=Callable[..., Any])
Subject = Callable[..., Model | Card | None]


class WholePage(SafeString):
    """What is behind the lock of a whole page: the page's HTML, "" of a stream; and the answer of its view."""

    response: HttpResponseBase

    def answer(self) -> HttpResponseBase:
        """Return the view's own answer, which nobody keeps."""
        self.response.cookies.clear()
        return unstored(cast("HttpResponse", self.response))


def locked(name: str = NAME, *, subject: Subject | None = None, **options: Any) -> Callable[[View], View]:
    """Put a view behind a lock. ``options`` are its terms: settings of LockConf.

    ``subject`` is called as the view is, and returns what the page is about: an object or a Card; without it that is
    the page itself, which then has a fixed address or a Place that staff made. Raises TypeError for an async view.
    """

    def put(view: View) -> View:
        if iscoroutinefunction(view) or getattr(view, "view_is_async", False):
            raise TypeError("locked() can't hold an async view. Wrap the view with async_to_sync first.")

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            about = subject(request, *args, **kwargs) if subject else None
            page = page_for({"request": request}, about)
            ref = _ref(page, name, request)
            terms = None if ref is None else terms_of(ref, options)
            if ref and terms and _may_pass(request, ref, terms):
                return view(request, *args, **kwargs)
            return _closed(request, about, page, ref, terms)

        return cast("View", answered)

    return put


def _ref(page: Page, name: str, request: HttpRequest) -> Ref | None:
    if page.key is None:
        cure = "Give locked() a subject, or make a Place with this path in the admin."
        fault(ImproperlyConfigured(f"The lock of {request.path} has nothing to hang on, so it never opens. {cure}"))
        return None
    key = page.key.speaking(get_language() or "")
    return Ref(key, name=name, source=SOURCE, where=request.path_info, path=path_of(page))


def _may_pass(request: HttpRequest, ref: Ref, terms: Terms) -> bool:
    """Say whether the view is to be run: nobody keeps the answer, or the lock is off.

    A form on the page is sent to the page's own address, and answers to it are kept nowhere.
    """
    if not terms.is_closed() or is_wanted(request, ref):
        return True
    is_private = is_looking(request) or request.method not in READING
    return is_private and is_open(reader_behind(request), ref, terms)


def _closed(
    request: HttpRequest, about: Model | Card | None, page: Page, ref: Ref | None, terms: Terms | None
) -> HttpResponse:
    card = page.card
    teaser = format_html("<p>{}</p>", card.summary) if card and card.summary else ""
    lock = lock_html(ref, terms, teaser) if ref and terms else ""
    context = {"object": about, "card": card, "lock": lock, "has_head": apps.is_installed("smo_kit.meta")}
    if lock:
        return render(request, "smo_kit/lock/whole.html", context)
    response = render(request, "smo_kit/lock/whole.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return unstored(response)


def to_whole_page() -> HttpResponse:
    """Answer a script whose reader has opened a whole page: go there. The view is not run for that."""
    return unstored(HttpResponse(headers={WHOLE: "1"}))


def whole_page(request: HttpRequest, ref: Ref) -> WholePage:
    """Return the page behind its lock, as its view answers it to who asks. Raises Gone, Elsewhere."""
    run, response = run_again(request, ref)
    content = b"" if response.streaming else cast("HttpResponse", response).content
    page = WholePage(content.decode(response.charset, "replace"))
    page.response = response
    token_back(run, request)
    return page


register_source(SOURCE, whole_page)
