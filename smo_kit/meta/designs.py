"""The templates of card images by their names: the suite's own, and those that a site adds in its ``smo.py``.

::

    @design("ticket", label=_("Ticket"))
    def ticket(sheet: Sheet) -> None:
        sheet.fill(sheet.background)
        sheet.title(sheet.inner)
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from smo_kit.meta.sheets import Sheet

logger = logging.getLogger(__name__)

DEFAULT: Final = "plain"
"""The design that is always there, and stands in for one that is gone."""

Painter: TypeAlias = "Callable[[Sheet], None]"


@dataclass(frozen=True, slots=True)
class Design:
    """How a card image is drawn. ``photo``: it shows the page's picture."""

    name: str
    label: str | _StrPromise
    paint: Painter
    photo: bool = False


_designs: Final[dict[str, Design]] = {}


def design(name: str, *, label: str | _StrPromise, photo: bool = False) -> Callable[[Painter], Painter]:
    """Add a template of card images; a later one of the same name takes its place.

    ``label`` is what editors read; ``photo`` says that the design shows the page's picture.
    """

    def add(paint: Painter) -> Painter:
        _designs[name] = Design(name, label, paint, photo)
        return paint

    return add


def design_choices() -> list[tuple[str, str | _StrPromise]]:
    """Return name and label of each template, for forms."""
    return [(one.name, one.label) for one in _designs.values()]


def is_design(name: str) -> bool:
    """Say whether there is a template of this name."""
    return name in _designs


def design_named(name: str) -> Design:
    """Return a template; the default one for a name that is no longer known (the log says so)."""
    found = _designs.get(name)
    if found is None:
        logger.warning("Card images have no template %r; %r stands in for it.", name, DEFAULT)
        found = _designs[DEFAULT]
    return found
