from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tests.blog.models import Post, Telling


def about(request: HttpRequest, path: str = "") -> HttpResponse:
    return render(request, "blog/page.html")


def post(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "blog/page.html", {"object": get_object_or_404(Post, slug=slug)})


def story(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "blog/page.html", {"object": get_object_or_404(Telling, slug=slug)})
