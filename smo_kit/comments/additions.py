"""What other apps ask for in the form for a comment, such as whether its author wants mail when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString

from smo_kit.comments.models import Discussion, Entry
from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Fields that another app adds to the form."""

    id: str
    html: Callable[[HttpRequest, Discussion, Mapping[str, str]], SafeString]
    """Returns the fields, filled in from what was sent (empty at first); "" for none. It is an uncached page,
    and several forms may stand in one: ids of fields are others each time."""
    taken: Callable[[HttpRequest, Entry, Mapping[str, str]], Any]
    """Called when a comment was stored with the data that was sent, in a transaction of its own; the comment is posted
    whatever becomes of this. Returns a sentence that says to its author what happens now, "" for none."""
    grants: Callable[[Entry], Any] = lambda entry: ""
    """Returns a sentence for the page where a guest says that a comment is his: what else his word grants; "" for
    nothing."""


_additions: Final[dict[str, Addition]] = {}


def register_addition(addition: Addition) -> Addition:
    """Have fields shown in every form for a new comment."""
    _additions[addition.id] = addition
    return addition


def shown(request: HttpRequest, discussion: Discussion, data: Mapping[str, str]) -> tuple[SafeString, ...]:
    """Return the fields of all additions that have some for this reader; one that fails takes no form away."""
    return tuple(filter(None, (_done(one, one.html, request, discussion, data) for one in _additions.values())))


def taken(request: HttpRequest, entry: Entry, data: Mapping[str, str]) -> str:
    """Let all additions read what was sent with a comment; return what they say to its author."""
    said = [_done(one, one.taken, request, entry, data) for one in _additions.values()]
    return " ".join(map(str, filter(None, said)))


def granted(entry: Entry) -> str:
    """Return what a guest grants besides, when he says that a comment is his."""
    said = [_done(one, one.grants, entry) for one in _additions.values()]
    return " ".join(map(str, filter(None, said)))


def _done(addition: Addition, does: Callable[..., Any], *about: Any) -> Any:
    """Return what an addition returns, None if it fails: what it has begun is undone, and nothing else is."""
    try:
        with transaction.atomic():
            return does(*about)
    except Exception:
        logger.exception(
            "What %s asks for beside a comment can't be done.",
            addition.id,
            extra=event("comments.addition_failed", addition=addition.id),
        )
        return None
