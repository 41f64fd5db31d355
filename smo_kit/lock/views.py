"""The private page of a lock: what it hides, for those to whom it is open; for all others the ways to open it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the hidden part, or how it opens."""
    raise NotImplementedError
