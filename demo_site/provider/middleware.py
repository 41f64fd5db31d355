"""What every answer of the demo's own network has in common."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from demo_site.provider import settings


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Load nothing but pictures of the magazine from elsewhere, be in no frame, send forms home or to the magazine."""
    back = " ".join(one for one in settings.CLIENT_ORIGINS if "[" not in one)  # policies know no addresses of IPv6
    policy = (
        f"default-src 'self'; img-src 'self' {back}; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {back}"
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return middleware
