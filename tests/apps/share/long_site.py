"""A site that has left out the short addresses of personal links."""

from django.urls import include, path

urlpatterns = [path("smo/", include("smo_kit.urls"))]
