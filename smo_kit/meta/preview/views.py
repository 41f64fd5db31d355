"""The page with the previews of an object, published or not, for whoever may change it."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smo_kit.core.registrations import Registration, registration_of
from smo_kit.meta.preview.addresses import Draft, ForgedAddress

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
    response = render(request, "smo_kit/meta/preview/page.html", {"title": str(obj)})
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response
