"""The templates of card images by their names: the suite's own, and those that a site adds in its ``smo.py``.

::

    @design("ticket", label=_("Ticket"))
    def ticket(sheet: Sheet) -> None:
        sheet.fill(sheet.background)
        sheet.title(sheet.inner)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from smo_kit.core.events import event, event_logger
from smo_kit.meta.shapes import SHAPES, Size

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from smo_kit.meta.sheets import Sheet

logger = event_logger(__name__)

DEFAULT: Final = "plain"
"""The design that is always there, and stands in for one that is gone."""

Painter: TypeAlias = "Callable[[Sheet], None]"


@dataclass(frozen=True, slots=True)
class Design:
    """How a card image is drawn, and what it shows besides title and site."""

    name: str
    label: str | _StrPromise
    paint: Painter
    photo: bool = False
    """The page's picture."""
    byline: bool = True
    """Author and date."""
    logo: bool = True
    version: int = 0
    photo_sizes: Mapping[str, Size] = field(default_factory=dict)

    def photo_size(self, shape: str) -> Size:
        """Return the size in pixels that the picture has on a shape: all of it unless the design says otherwise."""
        return self.photo_sizes.get(shape, SHAPES[shape])


_designs: Final[dict[str, Design]] = {}


def design(
    name: str,
    *,
    label: str | _StrPromise,
    photo: bool | Mapping[str, Size] = False,
    byline: bool = True,
    logo: bool = True,
    version: int = 0,
) -> Callable[[Painter], Painter]:
    """Add a template of card images; a later one of the same name takes its place.

    ``label`` is what editors read. ``photo``, ``byline`` and ``logo`` say what it shows: the address of a card image
    changes with these, and with no others. ``photo`` may be the size of the picture on each shape. Raise ``version``
    when you change the function, so that pictures are drawn anew.
    """

    def add(paint: Painter) -> Painter:
        sizes = photo if isinstance(photo, Mapping) else {}
        _designs[name] = Design(name, label, paint, bool(photo), byline, logo, version, sizes)
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
        logger.warning(
            "Card images have no template %r; %r stands in for it.", name, DEFAULT, extra=event("meta.template_unknown")
        )
        found = _designs[DEFAULT]
    return found
