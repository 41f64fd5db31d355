"""What the blocks of a page have offered so far: each page stands in the first that wants it, and in no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest

from smo_kit.core.blocks import WITHIN
from smo_kit.core.subjects import Key

_KEPT_AS: Final = "_smo_best_offered"


@dataclass(slots=True)
class OnPage:
    """What was offered, and under which headings."""

    _subjects: set[Key] = field(default_factory=set)
    _titles: set[str] = field(default_factory=set)

    @property
    def subjects(self) -> tuple[Key, ...]:
        """The subjects of what was offered, always in one order."""
        return tuple(sorted(self._subjects, key=lambda key: (key.content_type_id, key.object_pk)))

    def names(self, title: str) -> bool:
        """Say whether a block has this heading already."""
        return title in self._titles

    def add(self, title: str, keys: Iterable[Key]) -> None:
        """Note a block."""
        self._titles.add(title)
        self._subjects.update(key.speaking("") for key in keys)


def on_page(context: Mapping[str, Any]) -> OnPage:
    """Return what was offered in answer to this request. Without one each block stands by itself.

    What a CMS keeps as a whole (``WITHIN``) has a memory of its own: how it came out must not depend on what stands
    around it, nor that on whether it was kept.
    """
    request: HttpRequest | None = context.get("request")
    if request is None:
        return OnPage()
    pages: dict[object, OnPage] = request.__dict__.setdefault(_KEPT_AS, {})
    return pages.setdefault(context.get(WITHIN), OnPage())
