"""The page with the previews of an object, published or not, for whoever may change it."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smo_kit.core.addresses import absolute, base_url
from smo_kit.core.cards import card_for
from smo_kit.core.inside import is_inside
from smo_kit.core.registrations import Registration, registration_of
from smo_kit.meta.preview.addresses import Draft, ForgedAddress
from smo_kit.meta.preview.gallery import colours as gallery_colours
from smo_kit.meta.preview.gallery import gallery
from smo_kit.meta.preview.services import previews_of_address, previews_of_object

PRIVATE: Final = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show how networks will show an object. 404 for a forged address, sign-in for a stranger, 403 for the others."""
    try:
        draft = Draft.unsign(token)
    except ForgedAddress as error:
        raise Http404(token) from error
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    obj = draft.object()
    registration = registration_of(type(obj)) if obj is not None else None
    if obj is None or registration is None:
        raise Http404(token)
    if not registration.may_be_changed_by(request.user, obj):
        raise PermissionDenied
    return _shown(request, registration, obj, draft.language)


def _shown(request: HttpRequest, registration: Registration, obj: Model, language: str) -> HttpResponse:
    public = _public_address(registration, obj, language)
    if public:
        report = previews_of_address(public, request=request)
    else:
        report = previews_of_object(registration, obj, language, request=request)
    one = {"heading": str(obj), "language": language, "gallery": gallery(report, base_url(request))}
    context = {"title": str(obj), "public": public, "sections": [one]}
    return private(render(request, "smo_kit/meta/preview/page.html", context))


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache and index."""
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def _public_address(registration: Registration, obj: Model, language: str) -> str:
    """Return the address of a public object's page, if it is one of this site; else ""."""
    card = card_for(obj, language=language) if registration.public_object(obj.pk) else None
    url = absolute(card.url) if card and card.url else ""
    return card.url if card and url and is_inside(url, base_url()) else ""


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """Answer with the colours of each network as a style sheet."""
    response = HttpResponse(gallery_colours(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
