"""What is compared: a page as its words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A page. Every field but ``id`` may be empty, None counts as empty; ``text`` is plain text, not HTML.

    Raises TypeError for what is no text, and for an id that can't be hashed.
    """

    id: Hashable
    title: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    """A code such as "en" or "pt-br" (only its first part counts); "" is guessed from the letters and small words."""

    def __post_init__(self) -> None:
        hash(self.id)
        for name in ("title", "text", "language"):
            object.__setattr__(self, name, self._text(name, getattr(self, name)))
        object.__setattr__(self, "tags", self._tags(self.tags))

    def _tags(self, tags: object) -> tuple[str, ...]:
        if tags is None:
            return ()
        if isinstance(tags, str | bytes) or not isinstance(tags, Iterable):
            raise TypeError(f"The tags of document {self.id!r} are {tags!r:.40}: give a tuple of strings.")
        return tuple(self._text("tags", tag) for tag in tags)

    def _text(self, name: str, value: object) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            cure = "decode() them first" if isinstance(value, bytes | bytearray | memoryview) else "make it a str first"
            raise TypeError(f"The {name} of document {self.id!r}: {value!r:.40} is no text, {cure}.")
        return value
