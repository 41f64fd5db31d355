"""Pages of a member's own notifications. A GET changes nothing: what is read says a POST."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST, require_safe

from smo_kit.core.answers import SeeOther, is_for_script, unstored
from smo_kit.core.converters import id_in
from smo_kit.core.own_urls import own_address
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.inbox import mark_read, page_for, unread_count
from smo_kit.notify.push.keys import is_ready

BEFORE: Final = "before"
LANGUAGE: Final = "l"
"""Names in the address of the list."""


@require_safe
@csrf_protect
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a member what he was told of, the newest first."""
    with override(_language(request)):
        before = _number(request.GET.get(BEFORE))
        page = page_for(request.user, before)
        context = {
            "page": page,
            "is_mine": True,
            "newest": _address() if before else "",
            "older": _address(page.older) if page.older else "",
            "push_key": notify_settings().push_public_key if is_ready() else "",
        }
        response = render(request, "smo_kit/notify/inbox.html", context)
        response.headers["Content-Language"] = get_language()
    return unstored(response)


@require_POST
@csrf_protect
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Note that a member has seen one notification (``pk``), or all that he had before him (``until``)."""
    pk, until = _number(request.POST.get("pk")), _number(request.POST.get("until"))
    if pk or until:
        mark_read(request.user, pk=pk, until=until)
    if is_for_script(request):
        return unstored(HttpResponse(status=HTTPStatus.NO_CONTENT))
    with override(_language(request)):
        return unstored(SeeOther(_address(_number(request.GET.get(BEFORE)))))


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """Return how many a member has not seen: ``{"unread": 2}``; nothing (204) to who is not signed in."""
    if request.user.is_authenticated:
        response: HttpResponse = JsonResponse({"unread": unread_count(request.user)})
    else:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _language(request: HttpRequest) -> str | None:
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else get_language()


def _number(text: str | None) -> int | None:
    """Return the number of a row; None for what is none, as if it had not been given."""
    return id_in(text or "") or None


def _address(before: int | None = None) -> str:
    """Return the address of a page of the list in the active language."""
    query = {LANGUAGE: get_language() or "", **({BEFORE: before} if before else {})}
    return f"{own_address('smo_notify:inbox')}?{urlencode(query)}"
