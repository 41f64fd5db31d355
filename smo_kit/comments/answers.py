"""How the suite answers who writes, votes and reports: with a page, or with a part of one where the script asks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from smo_kit.core.visitors import Visitor, visitor_for_act, visitor_of

logger = logging.getLogger(__name__)

PART: Final = "X-Smo-Part"
"""The header by which the script asks for what stands inside of a page."""


View = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """The answer to a form: go there, with GET."""

    status_code = 303


def is_for_script(request: HttpRequest) -> bool:
    """Say whether the answer is put into a page by the script."""
    return PART in request.headers


def language_of(code: str) -> str:
    """Return a language of the site: this one, if it is one."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def answer(
    request: HttpRequest,
    name: str,
    context: Mapping[str, Any],
    *,
    language: str,
    status: int = HTTPStatus.OK,
    app: str = "comments",
) -> HttpResponse:
    """Return a page of an app in a language that nobody keeps and no search engine lists."""
    in_place = is_for_script(request)
    frame = "smo_kit/comments/part.html" if in_place else "smo_kit/base.html"
    code = language_of(language)
    with override(code):
        whole = {**context, "frame": frame, "in_place": in_place}
        response = render(request, f"smo_kit/{app}/{name}.html", whole, status=status)
    response.headers["Content-Language"] = code
    return unstored(response)


def message(
    request: HttpRequest,
    title: Any,
    text: Any = "",
    *,
    language: str = "",
    status: int = HTTPStatus.OK,
    links: tuple[tuple[str, Any], ...] = (),
    comment: str = "",
    row: Any = None,
) -> HttpResponse:
    """Return a page that says what became of an act, or the comment itself. ``row``: it takes that comment's place."""
    context = {"title": title, "text": text, "links": links, "comment": SafeString(comment), "row": row}
    return answer(request, "message", context, language=language, status=status)


def unstored(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache and search engine."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def readable(view: View) -> View:
    """Let a view answer with a sentence to a form that can't be read or stored, and give back what was typed.

    It may be larger than the site reads (DATA_UPLOAD_MAX_MEMORY_SIZE), or the database may be away.
    """

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.POST  # noqa: B018  # it is read when it is first asked for
        except (RequestDataTooBig, TooManyFieldsSent):
            text = _("It was too much to be read. Go back to what you have written, and shorten it.")
            return message(request, text, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, language=get_language() or "")
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            logger.exception("A form can't be answered: the database is away.")
            return _given_back(request)

    return careful


def _given_back(request: HttpRequest) -> HttpResponse:
    """Return a page that is made without the database, with what was typed."""
    title = _("The site can't store anything at the moment. Please go back in a minute and send it again.")
    words = {"title": title, "text": request.POST.get("comment", ""), "frame": "smo_kit/comments/part.html"}
    html = render_to_string("smo_kit/comments/message.html", words)
    response = HttpResponse(html, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "60"})
    return unstored(response)


def reader_of(request: HttpRequest) -> Visitor | None:
    """Return who looks: a browser that has acted here before, or a member; None for all others."""
    return visitor_of(request) or (Visitor("", request.user.pk) if request.user.is_authenticated else None)


class Acting:
    """The browser that acts; it gets its cookie with the answer, if the act was done."""

    def __init__(self, request: HttpRequest) -> None:
        self._cookies = HttpResponse()
        known = visitor_of(request)
        self.visitor: Visitor = visitor_for_act(request, self._cookies)
        self.is_known = known is not None

    def marked(self, response: HttpResponse) -> HttpResponse:
        """Return the answer with the browser's cookie."""
        response.cookies.update(self._cookies.cookies)
        return response
