"""How the hidden part of a lock is found: an open list, to which bridges add their own.

No page ever holds a hidden part. A source finds it anew, in a private request, for who may read it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from django.http import HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString

from smo_kit.lock.refs import Ref


class Gone(LookupError):
    """There is nothing behind this lock (any more): its page has changed, or this reader may not see it."""


class Elsewhere(Exception):
    """The site answers this reader with something else than the page: a redirect, a 403."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__(response.status_code)
        self.response = response


Source: TypeAlias = Callable[[HttpRequest, Ref], SafeString]
"""Returns the hidden part for who asks: that the lock is open to him was found out before. Raises Gone, Elsewhere."""

_sources: Final[dict[str, Source]] = {}


def register_source(source_id: str, source: Source) -> None:
    """Have hidden parts of one form found by it."""
    _sources[source_id] = source


def hidden_part(request: HttpRequest, ref: Ref) -> SafeString:
    """Return what a lock hides. Raises Gone and Elsewhere."""
    source = _sources.get(ref.source)
    if source is None:
        raise Gone(ref.source)
    return source(request, ref)
