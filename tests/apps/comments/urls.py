from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import RequestContext, Template
from django.urls import path

from tests.blog.models import Post
from tests.urls import urlpatterns as of_tests

PAGE = '{% load smo %}<!doctype html><html lang="en"><head>{% smo_head %}</head><body>{% smo_comments %}</body></html>'


def post(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"object": get_object_or_404(Post, slug=slug)})))


urlpatterns = [path("posts/<slug:slug>/", post), *of_tests]
