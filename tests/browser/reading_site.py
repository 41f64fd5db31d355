"""A site of three pages with blocks made by hand, for the test of what a reader's way through it leaves behind."""

from __future__ import annotations

from queue import Queue

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt

from smo_kit.best import views
from smo_kit.best.told.offers import token_of
from smo_kit.core.subjects import key_of
from tests.blog.models import Post

HEAD = '<!doctype html><html lang="en"><title>{0}</title><link rel="icon" href="data:,">'
FAR = SafeString("<br>" * 300)

told: Queue[tuple[int, dict[str, str], str]] = Queue()
"""Of each report the status of its answer, its fields, and the cookies that came with it."""


def block(name: str, page: Post, shown: list[Post]) -> str:
    rows = [(at, one.get_absolute_url(), one.title) for at, one in enumerate(shown)]
    links = format_html_join("", '<li><a data-smo-at="{}" href="{}">{}</a></li>', rows)
    token = token_of(name, key_of(page), [key_of(one) for one in shown])
    return format_html(
        '<section class="smo-best" data-smo-offer="{}" data-smo-page="{}" data-smo-tell="{}"><ul>{}</ul></section>',
        *(token, key_of(page).sign(), reverse("smo_best:told"), links),
    )


def show(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Post, slug=slug)
    others = list(Post.objects.exclude(pk=page.pk).order_by("slug"))
    script = format_html('<script type="module" src="{}"></script>', static("smo_kit/best/best.js"))
    parts = (block("related:cards", page, others), FAR, block("best:list", page, others), script, script)
    return HttpResponse(format_html(HEAD + "<h1>{0}</h1>{1}{2}{3}{4}{5}", page.title, *parts))


@csrf_exempt
def hear(request: HttpRequest) -> HttpResponse:
    response = views.told(request)
    told.put((response.status_code, request.POST.dict(), request.headers.get("Cookie", "")))
    return response


def quiet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(format_html(HEAD, "Quiet"))


urlpatterns = [
    path("smo/best/told/", hear),
    path("smo/", include("smo_kit.urls")),
    path("quiet/", quiet),
    path("posts/<slug:slug>/", show, name="post"),
]
