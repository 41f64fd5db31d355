"""The address of the page on which a lock stands.

Some routes take any address, so that of a request is a stranger's choice: the page's own is what its card says.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

from smo_kit.core.addresses import base_url
from smo_kit.core.pages import Page


def path_of(page: Page) -> str:
    """Return the path of a page: of its card, where that has one on this site, else of the request; "" without both."""
    url = page.card.url if page.card else ""
    if url and url_has_allowed_host_and_scheme(url, {urlsplit(base_url(page.request)).netloc}):
        return unquote(urlsplit(url).path) or "/"
    return page.request.path if page.request else ""


def page_address(path: str) -> str:
    """Return the address of a path, which is one of this site whatever the path is made of."""
    return escape_leading_slashes(escape_uri_path(f"/{path.removeprefix('/')}"))
