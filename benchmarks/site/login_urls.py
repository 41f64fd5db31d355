"""The site's addresses, and django-allauth's."""

from django.urls import include, path

from benchmarks.site.urls import urlpatterns as others

urlpatterns = [*others, path("accounts/", include("allauth.urls"))]
