"""What every answer of the demo has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import set_response_etag
from django.utils.translation import get_language_from_path

from smo_kit.follow.windows import csp_sources

POLICY: Final = "default-src 'self'; base-uri 'self'; frame-ancestors 'self'; object-src 'none'; frame-src 'self' {}"


class SecurityHeaders:
    """Nothing inline, and nothing foreign but frames that a reader has agreed to load.

    Django has a middleware of its own for this from 6.0 on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = POLICY.format(" ".join(csp_sources()["frame-src"]))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class SameBytesGZip(GZipMiddleware):
    """Public pages hold no secret for BREACH to guess, so Django's random padding would only spoil equal bytes."""

    max_random_bytes = 0

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.padded = GZipMiddleware(get_response)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "public" in response.headers.get("Cache-Control", ""):
            return super().process_response(request, response)
        return self.padded.process_response(request, response)


class ConditionalPages(ConditionalGetMiddleware):
    """HEAD is told the same ETag as GET (RFC 9110, 9.3.2), which Django leaves out."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method == "HEAD" and isinstance(response, HttpResponse) and self.needs_etag(response):
            set_response_etag(response)
        return super().process_response(request, response)


class LocaleOfAddress(LocaleMiddleware):
    """The address alone says the language, so that a page is the same for everybody; only the admin asks the browser.

    Addresses without a language, such as the log-in, speak that of ``?l=ru``, else of the page in ``?next=``.
    """

    def process_request(self, request: HttpRequest) -> None:
        if _is_admin(request):
            super().process_request(request)
            return
        asked = request.GET.get("l", "")
        code = (
            get_language_from_path(request.path_info)
            or (asked if asked in dict(settings.LANGUAGES) else None)
            or get_language_from_path(request.GET.get("next", ""))
        )
        translation.activate(code or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if _is_admin(request):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")
