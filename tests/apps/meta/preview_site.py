"""A site whose pages are what a test puts there: any answer at any path."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.apps.meta.site import desk, post, story

answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {}
asked: list[tuple[str, str]] = []


def anything(request: HttpRequest, path: str = "") -> HttpResponse:
    asked.append((request.path, request.headers.get("User-Agent", "")))
    found = answers.get(request.path)
    return found(request) if found else HttpResponse("nothing here", status=404)


urlpatterns = [
    path("admin/", admin.site.urls),
    path("desk/", desk.urls),
    path("smo/", include("smo_kit.urls")),
    path("posts/<slug:slug>/", post, name="post"),
    path("stories/<slug:slug>/", story, name="story"),
    path("<path:path>", anything),
]
