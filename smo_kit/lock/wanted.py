"""The run of a page that looks for what one of its locks hides: nobody sees that page, only the part is kept."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from django.http import HttpRequest
from django.utils.safestring import SafeString

from smo_kit.lock.refs import Ref

Identity: TypeAlias = tuple[int, str, str]

_WANT: Final = "smo_lock_want"
_FOUND: Final = "smo_lock_found"
_READER: Final = "smo_lock_reader"


def identity(ref: Ref) -> Identity:
    """Return what tells a lock from all others: its subject and its name, in whatever language and form."""
    return ref.key.content_type_id, ref.key.object_pk, ref.name


def want(run: HttpRequest, ref: Ref, reader: HttpRequest) -> None:
    """Have a run of a page look for a lock, on behalf of who asks."""
    setattr(run, _WANT, identity(ref))
    setattr(run, _READER, reader)


def is_looking(request: Any) -> bool:
    """Say whether this is no reader's page but a run that looks for a lock."""
    return hasattr(request, _WANT)


def is_wanted(request: Any, ref: Ref) -> bool:
    """Say whether it looks for this very lock, and has not found it yet."""
    return getattr(request, _WANT, None) == identity(ref) and found(request) is None


def reader_behind(request: Any) -> Any:
    """Return the request of who asks, with his cookies: a run has none."""
    return getattr(request, _READER, request)


def keep(request: Any, part: SafeString) -> None:
    """Keep what the wanted lock hides."""
    setattr(request, _FOUND, part)


def found(request: Any) -> SafeString | None:
    """Return what the wanted lock hides, None if it was not met."""
    part: SafeString | None = getattr(request, _FOUND, None)
    return part
