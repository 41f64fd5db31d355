from django.urls import include, path

from benchmarks.site.urls import urlpatterns as pages

urlpatterns = [*pages, path("comments/", include("django_comments_xtd.urls"))]
