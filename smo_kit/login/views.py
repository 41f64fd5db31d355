"""Answers to who signs in: the page with all ways, the start of one, and who is signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from smo_kit.core.answers import ELSEWHERE, SeeOther, answer, language_of, require_form, unstored
from smo_kit.core.members import faces_of
from smo_kit.core.origin import is_own_form, is_unsaid
from smo_kit.core.own_urls import own_address
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.login.faults import Fault, sentence_of
from smo_kit.login.password import address_of, password_context
from smo_kit.login.starting import enter, safe_next
from smo_kit.login.ways import way_of, ways

FIELDS: Final = ("next", "with", "o")
AGAIN: Final = ("", Fault.DENIED, Fault.DOWN, Fault.LOST, Fault.UNCLEAR)
"""After these it makes sense to offer the same way once more."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show all ways of signing in, and what went wrong with one (``fault``, ``with``)."""
    return _page(request)


@csrf_exempt  # is_own_form() asks for the same, and pages for caches can have no token
@require_form
def start(request: HttpRequest) -> HttpResponse:
    """Go to a provider (``with``), and come back to ``next``.

    A browser that doesn't say where its form stood is led to the page, whose form has a token.
    """
    if request.method != "POST":
        return _page(request)
    if is_own_form(request):
        return enter(request, request.POST.get("with", ""), request.POST.get("next", ""), _subject(request))
    if is_unsaid(request):
        said = {name: request.POST[name] for name in FIELDS if request.POST.get(name)}
        return unstored(SeeOther(f"{own_address('smo_login:page')}?{urlencode(said, errors='replace')}"))
    return _page(request, error=ELSEWHERE, status=HTTPStatus.FORBIDDEN)


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Tell the script who is signed in, for the head of a page: {} for nobody.

    ``{"name": "Ada", "label": "Ada: your account", "picture": "/media/…", "account": "/smo/login/account/"}``
    """
    known: dict[str, str] = {}
    if request.user.is_authenticated:
        with override(language_of(request.GET.get("l", ""))):
            name = _name(request.user)
            known = {
                "name": name,
                "label": _("%(name)s: your account") % {"name": name},
                "picture": faces_of([request.user.pk]).get(request.user.pk, ""),
                "account": own_address("smo_login:account"),
            }
    return unstored(JsonResponse(known))


def _subject(request: HttpRequest) -> Key | None:
    try:
        return Key.unsign(request.POST.get("o", ""))
    except ForgedKey:
        return None


def _page(request: HttpRequest, *, error: Any = "", status: int = HTTPStatus.OK) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    then = safe_next(request, data.get("next", "/"))
    code, chosen = data.get("fault", ""), way_of(data.get("with", ""))
    again = chosen if code in AGAIN else None
    language = get_language_from_path(urlsplit(then).path) or get_language() or ""
    with override(language_of(language)):
        said = capfirst(sentence_of(code, chosen.name if chosen else _("the provider")))
        context = {
            **password_context(request),
            "ways": [one for one in ways() if one != again],
            "again": again,
            "then": then,
            "subject": data.get("o", ""),
            "start": own_address("smo_login:start"),
            "error": error or said,
            **_member(request),
        }
    return answer(request, "smo_kit/login/page.html", context, language=language, status=status)


def _member(request: HttpRequest) -> dict[str, Any]:
    """Return what the page tells who is signed in already."""
    if not request.user.is_authenticated:
        return {}
    return {
        "member": _name(request.user),
        "account": own_address("smo_login:account"),
        "sign_out": address_of("account_logout"),
    }


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())
