"""Addresses of the demo. Everything that readers see lives under a language; what is below stands outside of it."""

from allauth.account.views import logout as sign_out
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from demo_site.articles import mails, views
from demo_site.articles.sitemaps import sitemap_index, sitemap_part
from smo_kit.core import converters  # noqa: F401  # "smo_id"

urlpatterns = [
    path("", RedirectView.as_view(url=f"/{settings.LANGUAGE_CODE}/")),
    path("admin/", admin.site.urls),
    path("accounts/logout/", sign_out, name="logout"),
    path("accounts/", include("allauth.urls")),
    path("mail/", mails.outbox, name="mail"),
    path("mail/<smo_id:pk>/", mails.mail, name="mail-text"),
    path("mail/<smo_id:pk>/html/", mails.html, name="mail-html"),
    path("smo/", include("smo_kit.urls")),
    path("s/", include("smo_kit.share.short_urls")),
    path("robots.txt", views.robots),
    path("favicon.ico", views.favicon),
    path("sitemap.xml", views.for_caches(sitemap_index), name="sitemap"),
    path("sitemap-<slug:section>.xml", views.for_caches(sitemap_part), name="sitemap-part"),
    path("media/<path:path>", views.media),
    *i18n_patterns(path("", include("demo_site.articles.urls")), path("", include("cms.urls"))),
]
