"""Answers to who signs in: the page with all ways, the start of one, a password, and who is signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from allauth.account.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from smo_kit.core.answers import ELSEWHERE, SeeOther, answer, language_of, require_form, unstored
from smo_kit.core.members import faces_of, name_of
from smo_kit.core.origin import is_own_form, is_unsaid
from smo_kit.core.own_urls import address_if_any, own_address
from smo_kit.core.refusals import Reason, note_refusal
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.login.faults import Fault
from smo_kit.login.language_addresses import in_language, spoken
from smo_kit.login.password import has_password, password_context
from smo_kit.login.signed_in_cookie import note
from smo_kit.login.starting import enter, fault_told, safe_next, sign_in_page
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
    note_refusal(Reason.CSRF, HTTPStatus.FORBIDDEN)
    return _page(request, error=ELSEWHERE, status=HTTPStatus.FORBIDDEN)


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Tell the script who is signed in, for the head of a page: {} for nobody.

    ``{"name": "Ada", "label": "Ada: your account", "picture": "/media/…", "account": "/smo/login/account/?l=en",
    "said": "You are signed in as Ada.", "yours": "Your account"}``
    """
    known: dict[str, str] = {}
    note(request, is_in=request.user.is_authenticated)
    if request.user.is_authenticated:
        with override(language_of(request.GET.get("l", ""))):
            name = name_of(request.user)
            known = {
                "name": name,
                "label": _("%(name)s: your account") % {"name": name},
                "picture": faces_of([request.user.pk]).get(request.user.pk, ""),
                "account": spoken("smo_login:account"),
                "said": _("You are signed in as %(member)s.") % {"member": name},
                "yours": _("Your account"),
            }
    return unstored(JsonResponse(known))


@sensitive_post_parameters()
@require_form
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with a password as django-allauth does, with its limits and what may come after it; say what is wrong."""
    if not has_password():
        raise Http404("password")
    if request.method != "POST":
        return unstored(SeeOther(sign_in_page(_then(request))))
    with override(_language(_then(request))):
        response: HttpResponse = _Password.as_view()(request)
        if isinstance(response, TemplateResponse):
            response.render()
    return unstored(response)


class _Password(LoginView):
    template_name = "smo_kit/login/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = {"frame": "smo_kit/base.html", "in_place": False}
        return {**super().get_context_data(**kwargs), **_context(self.request), **whole}


def _subject(request: HttpRequest) -> Key | None:
    try:
        return Key.unsign(request.POST.get("o", ""))
    except ForgedKey:
        return None


def _page(request: HttpRequest, *, error: Any = "", status: int = HTTPStatus.OK) -> HttpResponse:
    language = _language(_then(request))
    with override(language):
        context = {**password_context(request), **_context(request), **_member(request)}
        if error:
            context["error"] = error
    return answer(request, "smo_kit/login/page.html", context, language=language, status=status)


def _context(request: HttpRequest) -> dict[str, Any]:
    """Return what the page says to everybody, in the active language."""
    data = _data(request)
    code, chosen = data.get("fault", ""), way_of(data.get("with", ""))
    again = chosen if code in AGAIN else None
    return {
        "ways": [one for one in ways() if one != again],
        "again": again,
        "then": _then(request),
        "subject": data.get("o", ""),
        "start": own_address("smo_login:start"),
        "error": fault_told(data),
    }


def _data(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _then(request: HttpRequest) -> str:
    return safe_next(request, _data(request).get("next", "/"))


def _language(then: str) -> str:
    """Return the language of the page that somebody comes from, if its address says it."""
    return language_of(get_language_from_path(urlsplit(then).path) or get_language() or "")


def _member(request: HttpRequest) -> dict[str, Any]:
    """Return what the page tells who is signed in already."""
    if not request.user.is_authenticated:
        return {}
    return {
        "member": name_of(request.user),
        "account": spoken("smo_login:account"),
        "sign_out": in_language(address_if_any("account_logout")),
    }
