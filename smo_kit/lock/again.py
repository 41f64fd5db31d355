"""Runs the view of a page anew, in a private request."""

from __future__ import annotations

from copy import copy

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

WANTED = "smo_lock_wanted"
"""Name in the inner request of what is wanted of it."""


def run_again(request: HttpRequest, path: str, *, wanted: object) -> HttpResponse:
    """Return what the view of a path answers to this reader, told what is wanted of it."""
    inner = copy(request)
    inner.method, inner.path, inner.path_info, inner.GET = "GET", path, path, QueryDict()
    setattr(inner, WANTED, wanted)
    match = inner.resolver_match = resolve(path)
    return match.func(inner, *match.args, **match.kwargs)
