from django.urls import include, path

urlpatterns = [path("smo/", include("smo_kit.urls"))]
