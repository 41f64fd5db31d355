"""One line for a site: ``path("smo/", include("smo_kit.urls"))`` has the addresses of whichever apps are installed.

Names of a package that an app stands on (``stock_urls.py``) are there too, for templates that use them; a site's own
include of that package further down goes before.
"""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

_OURS = [config.name for config in apps.get_app_configs() if config.name.startswith("smo_kit.")]
urlpatterns = [
    *(path("", include(f"{name}.urls")) for name in _OURS if find_spec(f"{name}.urls")),
    *(
        path(f"{name.rpartition('.')[2]}/", include(f"{name}.stock_urls"))
        for name in _OURS
        if find_spec(f"{name}.stock_urls")
    ),
]
