"""Proof that a form or a beacon comes from a page of this site, for endpoints that cached pages call without a token."""

from __future__ import annotations

from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """Say whether the browser states that a page of this very origin sends this.

    ``Sec-Fetch-Site`` decides where it is sent; on plain http browsers send only ``Origin``. Neither is a refusal.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
