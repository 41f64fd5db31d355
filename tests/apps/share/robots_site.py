"""A site with a robots.txt; ``RULES`` is what that says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.urls import urlpatterns as theirs

RULES: list[str] = []


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("\n".join(RULES), content_type="text/plain" if RULES else "text/html")


urlpatterns = [
    path("robots.txt", robots),
    *theirs,
]
