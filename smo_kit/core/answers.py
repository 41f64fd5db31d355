"""How the suite answers who acts: with a page, or with a part of one where a script asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from smo_kit.core.visitors import Visitor, visitor_for_act, visitor_of

PART: Final = "X-Smo-Part"
"""The header by which a script asks for what stands inside of a page."""
ELSEWHERE: Final = _("This form was not sent from a page of this site. Please press the button once more.")

TELL_NO_PATH: Final = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
"""Policies by which another site learns the host at the most (W3C, Referrer Policy, 3)."""

AWAY: Final = _("The site can't store anything at the moment. Please go back in a minute and send it again.")
"""What is said while the database is away."""

require_form = require_http_methods(["GET", "HEAD", "POST"])

View = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """The answer to a form: go there, with GET."""

    status_code = 303


def is_for_script(request: HttpRequest) -> bool:
    """Say whether the answer is put into a page by the script."""
    return PART in request.headers


def language_of(code: str) -> str:
    """Return a language of the site: this one, if it is one."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, language: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Return a page in a language that nobody keeps and no search engine lists.

    Its templates know it by ``is_unstored``: what stands in the head may depend on who reads.
    """
    in_place = is_for_script(request)
    frame = "smo_kit/part.html" if in_place else "smo_kit/base.html"
    code = language_of(language)
    with override(code):
        whole = {**context, "frame": frame, "in_place": in_place, "is_unstored": True}
        response = render(request, template, whole, status=status)
    response.headers["Content-Language"] = code
    return unstored(response)


def json_file(found: Mapping[str, Any], name: str) -> HttpResponse:
    """Return a file that the browser saves, and nobody keeps."""
    body = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return unstored(response)


def unstored(response: HttpResponse) -> HttpResponse:
    """Keep an answer from caches and search engines, and its address, which may hold a token, from other sites.

    The site's own ``SECURE_REFERRER_POLICY`` stays where it does as much.
    """
    add_never_cache_headers(response)
    policy = settings.SECURE_REFERRER_POLICY
    response.headers.setdefault("Referrer-Policy", policy if policy in TELL_NO_PATH else "same-origin")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def reader_of(request: HttpRequest) -> Visitor | None:
    """Return who looks: a browser that has acted here before, or a member; None for all others."""
    return visitor_of(request) or (Visitor("", request.user.pk) if request.user.is_authenticated else None)


class Acting:
    """The browser that acts; it gets its cookie with the answer, if the act was done. ``by_link``: by a GET."""

    def __init__(self, request: HttpRequest, *, by_link: bool = False) -> None:
        self._cookies = HttpResponse()
        known = visitor_of(request)
        self.visitor: Visitor = visitor_for_act(request, self._cookies, by_link=by_link)
        self.is_known = known is not None

    def marked(self, response: HttpResponse) -> HttpResponse:
        """Return the answer with the browser's cookie."""
        response.cookies.update(self._cookies.cookies)
        return response
