from django.urls import path

from smo_kit.core import health_views, metrics_views

app_name = "smo_core"

urlpatterns = [
    path("health/", health_views.health, name="health"),
    path("ready/", health_views.ready, name="ready"),
    path("metrics/", metrics_views.metrics, name="metrics"),
]
