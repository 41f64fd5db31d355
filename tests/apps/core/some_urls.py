"""A site that includes apps by hand and forgot one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("counts/", include("smo_kit.engagement.urls")),
    *i18n_patterns(path("nested/", include([path("pass/", include("smo_kit.share.urls"))]))),
]
