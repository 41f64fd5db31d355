"""What is compared: a page as its words."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A page. Every field but ``id`` may be empty; ``text`` is plain text, not HTML."""

    id: Hashable
    title: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    """A code such as "en" or "pt-br" (only its first part counts); "" is guessed from the letters and small words."""
