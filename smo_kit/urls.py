"""One line for a site: ``path("smo/", include("smo_kit.urls"))`` has the addresses of whichever apps are installed."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include(f"{config.name}.urls"))
    for config in apps.get_app_configs()
    if config.name.startswith("smo_kit.") and find_spec(f"{config.name}.urls")
]
