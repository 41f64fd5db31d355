"""Runs the view of a page anew, in a private request."""

from __future__ import annotations

from copy import copy
from typing import Any, cast

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import resolve

from smo_kit.lock.refs import Ref
from smo_kit.lock.wanted import want


def run_again(request: HttpRequest, path: str, *, wanted: Ref) -> HttpResponseBase:
    """Return what the view of a path answers to this reader, told which lock is wanted."""
    inner = copy(request)
    inner.method, inner.path, inner.path_info, inner.GET = "GET", path, path, QueryDict()
    want(inner, wanted, request)
    match = inner.resolver_match = resolve(path)
    response: Any = match.func(inner, *match.args, **match.kwargs)
    if getattr(response, "is_rendered", True) is False:
        response.render()
    return cast("HttpResponseBase", response)
