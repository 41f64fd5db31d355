"""Pages that print nothing but a head, and an admin site of a site's own that wants the panel."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path
from meta.views import Meta

from smo_kit.core.cards import Card
from smo_kit.core.models import CardRow
from smo_kit.meta.admin import PageAdmin, SmoAdminMixin
from tests.blog.models import Described, Post, Story, Telling, Unknown

PAGE = "{% load smo %}<!doctype html><html lang='en'><head>{% smo_head thing %}</head><body></body></html>"


class PostAdmin(SmoAdminMixin, admin.ModelAdmin):
    fieldsets = [("Words", {"fields": ["title", "lead"]})]


class TellingInline(admin.TabularInline):
    model = Telling
    extra = 0


class StoryAdmin(SmoAdminMixin, admin.ModelAdmin):
    inlines = [TellingInline]


class LonelyPostAdmin(SmoAdminMixin, admin.ModelAdmin):
    fieldsets = [("Shown", {"fields": ["smo_panel"]}), ("Words", {"fields": ["title"]})]


desk = admin.AdminSite(name="desk")
desk.register(Post, PostAdmin)
desk.register(Story, StoryAdmin)
desk.register(CardRow, PageAdmin)
lonely = admin.AdminSite(name="lonely")
lonely.register(Post, LonelyPostAdmin)


def printed(request: HttpRequest, thing: Any = None, **context: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({"thing": thing, **context}, request))


def post(request: HttpRequest, slug: str) -> HttpResponse:
    return printed(request, get_object_or_404(Post, slug=slug))


def story(request: HttpRequest, slug: str) -> HttpResponse:
    return printed(request, object=get_object_or_404(Telling, slug=slug))


def plain(request: HttpRequest, path: str = "") -> HttpResponse:
    return printed(request)


def card(request: HttpRequest) -> HttpResponse:
    return printed(request, Card(url="/card/", title="A card of the view's own", kind="website"))


def described(request: HttpRequest, pk: int) -> HttpResponse:
    return printed(request, get_object_or_404(Described, pk=pk))


def unknown(request: HttpRequest, pk: int) -> HttpResponse:
    return printed(request, get_object_or_404(Unknown, pk=pk))


def django_meta(request: HttpRequest) -> HttpResponse:
    return printed(
        request, meta=Meta(title='<b>"Meta" & co</b>', description="Said by django-meta", keywords=["a", "b"])
    )


urlpatterns = [
    path("admin/", admin.site.urls),
    path("desk/", desk.urls),
    path("lonely/", lonely.urls),
    path("smo/", include("smo_kit.urls")),
    path("", plain, name="home"),
    path("about/", plain, name="about"),
    path("card/", card, name="card"),
    path("meta/", django_meta, name="meta"),
    path("posts/<slug:slug>/", post, name="post"),
    path("described/<int:pk>/", described, name="described"),
    path("unknown/<int:pk>/", unknown, name="unknown"),
    path("stories/<slug:slug>/", story, name="story"),
]
