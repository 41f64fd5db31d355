"""A small site with locked pages: the template of each is what a test says."""

from __future__ import annotations

import json
from functools import wraps

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path
from django.views.decorators.cache import cache_page
from django.views.decorators.csrf import ensure_csrf_cookie

from tests.blog.models import Post

CANARY = "canary-4711"
SIMPLE = "{% smo_lock object %}<p>Read on: canary-4711</p>{% endsmo_lock %}"

SOURCE = {"page": SIMPLE}
RAN: list[str] = []
SEEN: list[dict[str, object]] = []


def template():
    return engines["django"].from_string("{% load smo cache %}<main>" + SOURCE["page"] + "</main>")


def counted(view):
    @wraps(view)
    def run(request, *args, **kwargs):
        RAN.append(request.get_full_path())
        return view(request, *args, **kwargs)

    return run


@counted
def page(request, slug):
    return HttpResponse(template().render({"object": get_object_or_404(Post, slug=slug, is_public=True)}, request))


class FromText(TemplateResponse):
    def resolve_template(self, name):
        return template()


@counted
def lazy(request, slug):
    return FromText(request, "any", {"object": get_object_or_404(Post, slug=slug)})


async def later(request, slug):
    return await sync_to_async(page)(request, slug)


@counted
def streamed(request, slug):
    return StreamingHttpResponse([template().render({"object": Post.objects.get(slug=slug)}, request)])


@counted
def meddling(request, slug):
    SEEN.append({
        "cookies": dict(request.COOKIES),
        "user": str(request.user),
        "session": dict(request.session.items()),
        "host": request.get_host(),
        "language": request.LANGUAGE_CODE,
        "agent": request.headers.get("User-Agent"),
        "headers": json.dumps(dict(request.headers)),
    })  # fmt: skip
    request.session["meddled"] = True
    messages.info(request, "meddled")
    response = page(request, slug)
    response.set_cookie("meddled", "1")
    return response


def refusing(request, slug):
    kind = request.session.get("answer") or request.headers.get("X-Answer", "")
    if kind == "redirect":
        response = HttpResponseRedirect(f"/pay/?next={request.get_full_path()}")
        response.set_cookie("meddled", "1")
        return response
    if kind == "denied":
        raise PermissionDenied
    if kind == "missing":
        raise Http404
    if kind == "broken":
        raise RuntimeError("broken")
    if kind == "teapot":
        return HttpResponse("short and stout", status=418)
    return page(request, slug)


class Gate:
    """Middleware that asks before a view, as sites' own pay walls do."""

    answer: HttpResponse | None = None

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.gate = "passed"
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return Gate.answer if request.path.startswith("/locked/") else None


class Early:
    """Middleware that answers by a path before any view is known."""

    answer: HttpResponse | None = None

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.answer is not None and request.path.startswith("/locked/"):
            return self.answer
        return self.get_response(request)


class Earlier(Early):
    answer: HttpResponse | None = None


urlpatterns = [
    path("smo/", include("smo_kit.urls")),
    path("accounts/", include("allauth.urls")),
    path("locked/<slug:slug>/", page, name="post"),
    path("any/<slug:slug>/<path:rest>", lambda request, slug, rest: page(request, slug)),
    path("lazy/<slug:slug>/", lazy),
    path("later/<slug:slug>/", later),
    path("streamed/<slug:slug>/", streamed),
    path("meddling/<slug:slug>/", meddling),
    path("refusing/<slug:slug>/", refusing),
    path("form/<slug:slug>/", ensure_csrf_cookie(page)),
    path("kept/<slug:slug>/", cache_page(60)(page)),
    path("fixed/", lambda request: HttpResponse(template().render({}, request)), name="fixed"),
]
