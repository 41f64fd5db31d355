"""Whether a page of this site asks: the proof for small endpoints that cached pages call without a CSRF token."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser vouches for it: Sec-Fetch-Site, else Origin.

    Browsers send no Sec-Fetch-Site over plain http, but for loopback; another site's page can forge neither of the two.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == _origin(request)


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether the browser tells that another site led here: Sec-Fetch-Site, else the Referer.

    Who typed the address, and whose browser says nothing, comes from nowhere else.
    """
    site = request.headers.get("Sec-Fetch-Site") or "none"
    if site != "none":
        return site != "same-origin"
    referrer = request.headers.get("Referer", "")
    return bool(referrer) and not f"{referrer}/".startswith(f"{_origin(request)}/")


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def is_unsaid(request: HttpRequest) -> bool:
    """Say whether the browser keeps to itself which site asks: it is an old one, and the form may be the site's own.

    Such a form is answered with one that has Django's CSRF token.
    """
    return not request.headers.get("Sec-Fetch-Site") and "Origin" not in request.headers


def is_own_form(request: HttpRequest) -> bool:
    """Say whether a form of this site was sent: the browser vouches for it, or it brings Django's CSRF token.

    Views that ask are ``csrf_exempt``: what was typed is then shown again where Django would answer with its own page.
    """
    check = _Check(_refused)
    check.process_request(request)
    return is_from_here(request) or check.process_view(request, _refused, (), {}) is None


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return _refused(request)


def _refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=HTTPStatus.FORBIDDEN)
