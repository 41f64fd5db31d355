from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from tests.blog import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("smo/", include("smo_kit.urls")),
    path("s/", include("smo_kit.share.short_urls")),
    path("about/", views.about, name="about"),
    path("any/<path:path>", views.about, name="any"),
    path("posts/<slug:slug>/", views.post, name="post"),
    *i18n_patterns(path("stories/<slug:slug>/", views.story, name="story")),
]
