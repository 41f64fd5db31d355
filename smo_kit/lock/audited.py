"""Requests of the leak audit: every lock is open to them."""

from __future__ import annotations

from collections.abc import Callable

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest


class AuditRequest(WSGIRequest):
    """Made by the audit in its own process, never by a server: nobody outside can send one."""

    look: Callable[[], None]
    """What is done in place of a view."""


def is_audit(request: HttpRequest) -> bool:
    """Say whether the audit asks. A source that looks at other locks on its way lets it pass."""
    return isinstance(request, AuditRequest)
