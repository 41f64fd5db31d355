"""One tag, however it is written."""

from __future__ import annotations

from collections.abc import Iterable


def folded(tag: str) -> str:
    """Return what two spellings of a tag have in common, and what ``Tagged`` holds: “Straße” and “STRASSE” are one."""
    return tag.casefold()


def folded_each(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags so, each once, in their order."""
    return tuple(dict.fromkeys(map(folded, tags)))
