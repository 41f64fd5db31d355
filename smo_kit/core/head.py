"""What apps add to ``<head>``: meta asks here and prints, so that neighbours need not know each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from django.http import HttpRequest

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


def adds_to_head(source: HeadSource) -> HeadSource:
    """Let an app add to the head of every page that has a card."""
    _sources.append(source)
    return source


def additions(card: Card, request: HttpRequest | None, key: Key | None = None) -> list[Addition]:
    """Return what all apps add to the head of this card's page."""
    return [source(card, request, key) for source in _sources]
