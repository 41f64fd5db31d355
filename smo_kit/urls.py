"""One line for a site: ``path("smo/", include("smo_kit.urls"))`` has the addresses of whichever apps are installed.

Names of a package that an app stands on (``stock_urls.py``) are there too, for templates that use them; a site's own
include of that package further down goes before.
"""

from types import ModuleType

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from smo_kit.core import urls as core_urls
from smo_kit.core.discovery import load_modules


def _urls() -> list[ModuleType]:
    """Return the addresses of each app; those that pages ask again and again are looked through first."""
    return sorted(load_modules("urls"), key=lambda urls: not getattr(urls, "is_polled", False))


def _open(urls: ModuleType) -> ModuleType:
    """Have Django's LoginRequiredMiddleware pass our views: each knows who may see it, and where a stranger goes."""
    for one in urls.urlpatterns:
        if one.callback.__module__.startswith("smo_kit."):
            login_not_required(one.callback)
    return urls


urlpatterns = [
    *(path("", include(_open(urls))) for urls in _urls()),
    path("", include(_open(core_urls))),
    *(path(f"{urls.__name__.split('.')[-2]}/", include(_open(urls))) for urls in load_modules("stock_urls")),
]
