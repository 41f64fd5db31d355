"""Pages behind locks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View

from smo_kit.lock.pages import locked
from tests.blog.models import Post

SECRET = "The treasure lies below the third oak behind the mill"
ran: list[str] = []


@cache_control(max_age=77)
@locked(ways=("wait",), wait_seconds=7)
def secret(request: HttpRequest) -> HttpResponse:
    ran.append(request.method or "")
    response = HttpResponse(f"<html><body><main><p>{SECRET}</p></main></body></html>")
    response.set_cookie("inner", "1")
    return response


def the_post(request: HttpRequest, slug: str) -> Post:
    return get_object_or_404(Post, slug=slug)


@locked("book", subject=the_post)
def post(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(f"<p>{SECRET}: {slug}</p>")


@method_decorator(locked(), name="dispatch")
class ByClass(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(SECRET)


@locked()
def leading(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/about/")


@locked()
def streamed(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse(iter([SECRET.encode()]))


@locked()
def anything(request: HttpRequest, path: str) -> HttpResponse:
    return HttpResponse(SECRET)


urlpatterns = [
    path("secret/", secret, name="secret"),
    path("posts/<slug:slug>/", post, name="post"),
    path("class/", ByClass.as_view(), name="class"),
    path("wrapped/", locked()(TemplateView.as_view(template_name="blog/page.html")), name="wrapped"),
    path("leading/", leading, name="leading"),
    path("streamed/", streamed, name="streamed"),
    path("anything/<path:path>", anything, name="anything"),
    path("smo/", include("smo_kit.urls")),
]
