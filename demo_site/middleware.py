"""What every answer of the demo has in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from cms.middleware.toolbar import ToolbarMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers, set_response_etag
from django.utils.translation import get_language_from_path

from smo_kit.core.addresses import with_query
from smo_kit.follow.windows import csp_sources
from smo_kit.login import pending

POLICY: Final = "default-src 'self'; base-uri 'self'; frame-ancestors 'self'; object-src 'none'; frame-src 'self' {}"
FOR_EDITORS: Final = "; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
"""For the toolbar and the text editor of django CMS, which staff alone get to see."""
FOR_CACHES: Final = "public, max-age=0, s-maxage=60"
CMS_PAGES: Final = {"home", "about", "pages-root", "pages-details-by-slug"}
"""Names of the routes that lead to pages of the CMS."""

OF_MEMBERS: Final = ("/accounts/", "/smo/login/")
"""Where somebody signs in, or looks after his account."""

_CSRF_COOKIE: Final = re.compile(r"[A-Za-z0-9]{32}|[A-Za-z0-9]{64}")


def policy() -> str:
    """Return what pages may load; frames only from where official windows of networks come from."""
    return POLICY.format(" ".join(csp_sources()["frame-src"]))


class SecurityHeaders:
    """Nothing inline, and nothing foreign but frames that a reader has agreed to load.

    Django has a middleware of its own for this from 6.0 on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy()

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

    Addresses without a language speak that of ``?l=ru``, else of the page in ``?next=``; where somebody signs in, or
    looks after his account, else that of the page before, or of the one where he began. Mails do so too.
    """

    def process_request(self, request: HttpRequest) -> None:
        if _speaks_to_editors(request):
            super().process_request(request)
            return
        pages = request.get_full_path(), _page_before(request), _left_behind(request)
        code = next(filter(None, map(_language_of, pages)), None)
        translation.activate(code or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if _speaks_to_editors(request):
            return super().process_response(request, response)
        code = translation.get_language() or settings.LANGUAGE_CODE
        response.headers.setdefault("Content-Language", code)
        there = response.headers.get("Location", "")
        if there.startswith(OF_MEMBERS) and code != settings.LANGUAGE_CODE and not _language_of(there):
            response.headers["Location"] = with_query(there, urlencode({"l": code}))
        return response


class PagesForCaches:
    """A page of the CMS is the same for everybody without a session, so any cache may keep it, as the other pages.

    The CMS looks whether an editor is signed in, and so says ``Vary: Cookie``. A cache that stands in front of the site
    and lets requests with a session through to it needs no such hint.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _CSRF_COOKIE.fullmatch(request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)  # Django would mend a broken one on any page
        response = self.get_response(request)
        is_shown = request.method in {"GET", "HEAD"} and response.status_code == HTTPStatus.OK
        is_same = not response.cookies and settings.SESSION_COOKIE_NAME not in request.COOKIES
        if is_shown and is_same and _is_page_of_cms(request):
            _open_to_caches(response)
        return response


def _open_to_caches(response: HttpResponse) -> None:
    response.headers["Cache-Control"] = FOR_CACHES
    others = [one.strip() for one in response.headers.get("Vary", "").split(",")]
    for name in ("Vary", "Expires"):
        del response.headers[name]
    patch_vary_headers(response, [one for one in others if one.lower() not in {"", "cookie"}] or ["Accept-Encoding"])


class EditorsToolbar(ToolbarMiddleware):  # type: ignore[misc]  # django CMS has no types
    """The toolbar of the CMS on its own pages. On all others it would ask who reads them, and forbid caches."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (_is_admin(request) or _leads_to_cms(request)):
            plain: HttpResponse = self.get_response(request)
            return plain
        response: HttpResponse = super().__call__(request)
        if request.user.is_staff:
            response.headers.setdefault("Content-Security-Policy", policy() + FOR_EDITORS)
        return response


def _leads_to_cms(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in CMS_PAGES
    except Resolver404:
        return False


def _is_page_of_cms(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.url_name in CMS_PAGES)


def _language_of(address: str) -> str | None:
    """Return the language that an address of ours names: in its path, else as ``?l=ru``, else in that of ``?next=``."""
    path, _, query = address.partition("?")
    words = QueryDict(query)
    asked, then = words.get("l", ""), words.get("next", "")
    said = get_language_from_path(path) or (asked if asked in dict(settings.LANGUAGES) else None)
    return said or (_language_of(then) if then else None)


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours from which somebody comes to one for members; "" if it is another's, or not said."""
    here, before = f"{request.scheme}://{request.get_host()}/", request.headers.get("Referer", "")
    is_ours = request.path_info.startswith(OF_MEMBERS) and before.startswith(here)
    return before.removeprefix(here[:-1]) if is_ours else ""


def _left_behind(request: HttpRequest) -> str:
    """Return the page that somebody has left to sign in; "/" if nobody knows."""
    if not request.path_info.startswith("/accounts/"):
        return "/"
    pending.look(request)
    then = pending.then_of(request)
    return pending.kept(request) if then == "/" else then


def _speaks_to_editors(request: HttpRequest) -> bool:
    return _is_admin(request) or request.path_info.startswith("/smo/preview/")


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")
