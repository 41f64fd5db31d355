"""The address of card images."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from smo_kit.meta.images import image_of
from smo_kit.meta.recipes import MIME, known_recipe
from smo_kit.meta.shapes import WIDE

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""The address is the hash of what the picture shows, so the picture at an address never changes."""
FOR_NOW: Final = "public, max-age=60"
"""What is shown stands in for a picture that can't be made at the moment."""


@require_safe
def card_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show a card image; 404 for one that no page has asked for."""
    digest, _, shape = name.partition("-")
    recipe = known_recipe(digest)
    if recipe is None:
        raise Http404(name)
    etag = f'"{name}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        made = image_of(recipe, shape or WIDE)
        response = HttpResponse(made.jpeg, content_type=MIME)
        if not made.whole:
            response.headers["Cache-Control"] = FOR_NOW
            return response
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_EVER
    return response
