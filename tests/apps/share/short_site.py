"""A site that has short addresses for personal links, and a robots.txt; ``RULES`` is what that says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.urls import urlpatterns as theirs

RULES: list[str] = []


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("\n".join(RULES), content_type="text/plain" if RULES else "text/html")


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("robots.txt", robots),
    path("s/", include(([path("<token>/", nothing, name="link")], "smo_short"))),
    *theirs,
]
