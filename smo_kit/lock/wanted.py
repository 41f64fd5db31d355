"""The run of a page that looks for what one of its locks hides: nobody sees that page, only the part is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from smo_kit.lock.refs import Ref


def _identity(ref: Ref) -> tuple[int, str, str]:
    return ref.key.content_type_id, ref.key.object_pk, ref.name


def want(run: HttpRequest, ref: Ref, reader: HttpRequest) -> None:
    """Have a run of a page look for a lock, on behalf of who asks."""
    run.__dict__.update(smo_lock_want=_identity(ref), smo_lock_reader=reader)


def is_looking(request: Any) -> bool:
    """Say whether this is no reader's page but a run that looks for a lock."""
    return hasattr(request, "smo_lock_want")


def is_wanted(request: Any, ref: Ref) -> bool:
    """Say whether it looks for this very lock."""
    return getattr(request, "smo_lock_want", None) == _identity(ref)


def reader_behind(request: Any) -> Any:
    """Return the request of who asks, with his cookies: a run has none."""
    return getattr(request, "smo_lock_reader", request)
