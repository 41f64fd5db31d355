"""Answers to who signs in: the page with all ways, and the start of one."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from smo_kit.core.answers import ELSEWHERE, answer, require_form
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import own_address
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.login.faults import sentence_of
from smo_kit.login.starting import enter, safe_next
from smo_kit.login.ways import way_of, ways


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show all ways of signing in, and what went wrong with one (``fault``, ``with``)."""
    return _page(request)


@csrf_exempt  # is_own_form() asks for the same, and pages for caches can have no token
@require_form
def start(request: HttpRequest) -> HttpResponse:
    """Go to a provider (``with``), and come back to ``next``."""
    if request.method != "POST":
        return _page(request)
    if not is_own_form(request):
        return _page(request, error=str(ELSEWHERE), status=HTTPStatus.FORBIDDEN)
    return enter(request, request.POST.get("with", ""), request.POST.get("next", ""), _subject(request))


def _subject(request: HttpRequest) -> Key | None:
    try:
        return Key.unsign(request.POST.get("o", ""))
    except ForgedKey:
        return None


def _page(request: HttpRequest, *, error: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    chosen = way_of(data.get("with", ""))
    context = {
        "ways": ways(),
        "then": safe_next(request, data.get("next", "/")),
        "subject": data.get("o", ""),
        "start": own_address("smo_login:start"),
        "error": error or sentence_of(data.get("fault", ""), chosen.name if chosen else ""),
        "chosen": chosen,
    }
    return answer(request, "smo_kit/login/page.html", context, language=get_language() or "", status=status)
