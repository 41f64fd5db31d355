"""A view that fails. It has no secret in its lines, since a report shows these too."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest


def view(request: HttpRequest, token: str, email: str, password: bytes, **more: Any) -> None:
    form = request.POST
    raise AttributeError(f"boom at {request.path} of {email}", len(form), len(password), len(more))


def failed(request: HttpRequest, **named: Any) -> Any:
    try:
        view(request, **named)
    except AttributeError:
        return sys.exc_info()
    raise AssertionError("It did not fail.")
