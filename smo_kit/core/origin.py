"""Whether a page of this site asks: the proof for small endpoints that cached pages call without a CSRF token."""

from __future__ import annotations

from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser vouches for it: Sec-Fetch-Site, else Origin.

    Browsers send no Sec-Fetch-Site over plain http, but for loopback; another site's page can forge neither of the two.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
