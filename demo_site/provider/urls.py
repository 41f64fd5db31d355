"""Addresses of the demo's own network."""

from django.urls import include, path
from django.views.i18n import set_language
from django.views.static import serve

from demo_site.provider import settings, views

urlpatterns = [
    path("", views.people, name="account_login"),
    path("again/", views.people, name="account_reauthenticate"),
    path("compose/", views.compose, name="compose"),
    path("people/<slug:person_id>.png", views.portrait, name="portrait"),
    path("language/", set_language, name="language"),
    path("static/<path:path>", serve, {"document_root": settings.HERE / "static"}, name="static"),
    path("", include("allauth.idp.urls")),
]
