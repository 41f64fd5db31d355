"""What apps add to ``<head>``: meta asks here and prints, so that neighbours need not know each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from django.http import HttpRequest
from django.utils.safestring import SafeString

from smo_kit.core.cards import Card
from smo_kit.core.subjects import Key


@dataclass(frozen=True, slots=True)
class Addition:
    """What one app adds to the head of a page."""

    meta: Mapping[str, str] = field(default_factory=dict)
    """Content of meta tags by their name."""
    links: tuple[Mapping[str, str], ...] = ()
    """Attributes of link tags."""
    organization: Mapping[str, Any] = field(default_factory=dict)
    """JSON-LD of the site's Organization."""
    article: Mapping[str, Any] = field(default_factory=dict)
    """JSON-LD of what the page is about."""


HeadSource: TypeAlias = Callable[[Card, HttpRequest | None, Key | None], Addition]
"""Takes a page's card, who asks for it, and what it is about (None: nothing can hang on it)."""
_sources: Final[list[HeadSource]] = []
_SAID: Final = "_smo_said"


def adds_to_head(source: HeadSource) -> HeadSource:
    """Let an app add to the head of every page that has a card."""
    _sources.append(source)
    return source


def additions(card: Card, request: HttpRequest | None, key: Key | None = None) -> list[Addition]:
    """Return what all apps add to the head of this card's page."""
    return [source(card, request, key) for source in _sources]


def can_be_said_again(request: HttpRequest, key: Key, say: Callable[[], SafeString]) -> None:
    """Have what a page's head says of its subject said once more in the body, if that turns out to be wrong there.

    ``say`` returns HTML: JSON-LD of the same ``@id``, with what all apps add by then.
    """
    setattr(request, _SAID, (key.fields, say))


def say_again(request: HttpRequest, key: Key) -> SafeString:
    """Return what the head should have said of a subject; "" where it has said nothing, or was right already."""
    fields, say = getattr(request, _SAID, ({}, SafeString))
    if fields != key.fields:
        return SafeString("")
    delattr(request, _SAID)
    return say()
