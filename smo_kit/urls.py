"""One line for a site: ``path("smo/", include("smo_kit.urls"))`` has the addresses of whichever apps are installed.

Names of a package that an app stands on (``stock_urls.py``) are there too, for templates that use them; a site's own
include of that package further down goes before.
"""

from django.urls import include, path

from smo_kit.core.discovery import load_modules

urlpatterns = [
    *(path("", include(urls)) for urls in load_modules("urls")),
    *(path(f"{urls.__name__.split('.')[-2]}/", include(urls)) for urls in load_modules("stock_urls")),
]
