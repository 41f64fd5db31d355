"""The address of card images."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from smo_kit.meta.images import image_of
from smo_kit.meta.recipes import MIME, known_recipe

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""The address is the hash of what the picture shows, so the picture at an address never changes."""


@require_safe
def card_image(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Show a card image; 404 for one that no page has asked for."""
    recipe = known_recipe(digest)
    if recipe is None:
        raise Http404(digest)
    etag = f'"{digest}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(image_of(recipe), content_type=MIME)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_EVER
    return response
