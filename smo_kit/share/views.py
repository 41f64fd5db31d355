"""Pages that buttons lead to, and the counts. The same for everybody, unless the site's own frame says otherwise."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from smo_kit.core.answers import SeeOther, language_of, unstored
from smo_kit.core.durations import HOUR, MINUTE
from smo_kit.core.origin import is_from_here
from smo_kit.core.refusals import Reason, note_refusal
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.engagement.services import counts
from smo_kit.networks.registry import network
from smo_kit.share.conf import share_settings
from smo_kit.share.errands import NOT_WHOLE, Errand, ForgedErrand
from smo_kit.share.forms import ServerForm


class ToServer(SeeOther):
    """Leads to a server that the reader has named."""

    allowed_schemes = ["https"]


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """Show the page's address as a QR code."""
    try:
        errand = Errand.unsign(request.GET.get("p", ""))
    except ForgedErrand:
        return _refused(request)
    return _page(request, errand.language, "qr", {"url": errand.url, "code": _code(errand.url)})


@csrf_exempt  # the page is cached, so it has no token: is_from_here() is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the reader's server, and lead there in answer to the form; a mere GET leads nowhere."""
    try:
        errand = Errand.unsign(request.GET.get("p", ""))
    except ForgedErrand:
        return _refused(request)
    found = network(errand.network)
    if found is None or found.share is None or not found.share.needs_instance:
        return _refused(request)
    posted = request.method == "POST"
    if posted and not is_from_here(request):
        return _refused(request, HTTPStatus.FORBIDDEN, Reason.CSRF)
    with override(errand.language or settings.LANGUAGE_CODE):
        form = ServerForm(request.POST if posted else None)
        if form.is_valid():
            values = {"url": errand.url, "title": errand.text, "text": errand.text}
            return unstored(ToServer(found.share.href(values, instance=form.cleaned_data["server"])))
    context = {"network": found, "form": form, "url": errand.url, "text": errand.text}
    return _page(request, errand.language, "ask", context, status=400 if posted else 200)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Show the list that the reader's browser keeps."""
    return _page(request, language_of(request.GET.get("l", "")), "saved", {})


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Return how often each network's button was pressed, from the smallest count that the site shows: ``{id: n}``."""
    try:
        key = Key.unsign(request.GET.get("o", ""))
    except ForgedKey:
        return HttpResponse(NOT_WHOLE, status=400, content_type="text/plain; charset=utf-8")
    conf = share_settings()
    shown = {id_: n for id_, n in _counted(key).items() if id_ and conf.counts and n >= conf.minimum}
    response = JsonResponse(shown)
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def _counted(key: Key) -> dict[str, int]:
    name = f"smo:numbers:{key.content_type_id}.{key.object_pk}"
    stored: dict[str, int] | None = cache.get(name)
    if stored is None:
        stored = dict(counts(key.speaking("")))
        cache.set(name, stored, MINUTE)
    return stored


def _code(url: str) -> SafeString:
    try:
        code = segno.make_qr(url, error="m")
    except segno.DataOverflowError:
        return SafeString("")
    svg = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="smo-qr", lineclass=None)
    return mark_safe(svg)  # segno's, of numbers only


def _page(request: HttpRequest, language: str, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = language or settings.LANGUAGE_CODE
    with override(language):
        response = render(request, f"smo_kit/share/{name}.html", context, status=status)
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex"
    if status != 200 or not _is_for_everybody(request):
        return unstored(response)
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


def _is_for_everybody(request: HttpRequest) -> bool:
    """Say whether a rendered page can hold nothing of its reader's own: the frame is the site's, and may name him.

    A stranger brings neither cookie nor password, and gets none: the session was not read, no CSRF token was made.
    """
    session = getattr(request, "session", None)
    return not (
        request.COOKIES
        or "Authorization" in request.headers
        or getattr(session, "accessed", False)
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _refused(
    request: HttpRequest, status: HTTPStatus = HTTPStatus.BAD_REQUEST, reason: Reason = Reason.FORGED
) -> HttpResponse:
    note_refusal(reason, status)
    return unstored(render(request, "smo_kit/share/refused.html", {"sentence": NOT_WHOLE}, status=status))
