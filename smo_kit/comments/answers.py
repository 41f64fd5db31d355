"""How comments answer who writes, votes and reports: what became of it, in a sentence."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.core.answers import AWAY, View, answer, unstored
from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)


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
    return answer(request, "smo_kit/comments/message.html", context, language=language, status=status)


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
            logger.exception("A form can't be answered: the database is away.", extra=event("comments.database_away"))
            return _given_back(request)

    return careful


def _given_back(request: HttpRequest) -> HttpResponse:
    """Return a page that is made without the database, with what was typed."""
    words = {"title": AWAY, "text": request.POST.get("comment", ""), "frame": "smo_kit/part.html"}
    html = render_to_string("smo_kit/comments/message.html", words)
    response = HttpResponse(html, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "60"})
    return unstored(response)
