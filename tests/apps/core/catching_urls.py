"""A site of a CMS: a route that takes any address in each language, and pages that have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from tests.blog import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("desk/", admin.AdminSite(name="desk").urls),
    path("smo/", include("smo_kit.urls")),
    path("about/", views.about, name="about"),
    path("", views.about, name="choice"),
    *i18n_patterns(
        path("", views.about, name="home"),
        path("team/", views.about, name="team"),
        path("<path:path>/", views.about, name="page"),
    ),
]
