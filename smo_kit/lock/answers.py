"""What is answered where a lock can't be opened: a page, or words for the script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from smo_kit.core.answers import answer, is_for_script, unstored
from smo_kit.core.refusals import Refused

UNKNOWN: Final = _("This lock is not known here. Please go to its page and load it again.")
GONE: Final = _("The page has changed, and this lock is there no more. Please load the page again.")
OPEN: Final = _("It is open.")
AWAY: Final = _("The site can't open anything at the moment. Please try it again in a minute.")

_TEMPLATE: Final = "smo_kit/lock/refused.html"


def refused(request: HttpRequest, why: Refused, *, language: str = "", back: str = "") -> HttpResponse:
    """Say why something is not done. ``back`` is the address of the lock's page, "" where none is known."""
    if is_for_script(request):
        return told({"state": "refused", "sentence": str(why.sentence)}, why.status)
    return answer(request, _TEMPLATE, {"title": why.sentence, "back": back}, language=language, status=why.status)


def away(request: HttpRequest, *, back: str = "") -> HttpResponse:
    """Return an answer that is made without the database."""
    if is_for_script(request):
        response = told({"state": "refused", "sentence": str(AWAY)}, HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        html = render_to_string(_TEMPLATE, {"title": AWAY, "back": back, "frame": "smo_kit/part.html"})
        response = unstored(HttpResponse(html, status=HTTPStatus.SERVICE_UNAVAILABLE))
    response.headers["Retry-After"] = "60"
    return response


def told(found: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    """Return what the script is told."""
    return unstored(JsonResponse(found, status=status))
