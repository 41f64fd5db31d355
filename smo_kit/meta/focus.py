"""What must stay of a picture when it is cut: nine places that an editor can name."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

PLACES: Final = {
    "top-left": (_("upper left"), (1 / 6, 1 / 6)),
    "top": (_("top"), (1 / 2, 1 / 6)),
    "top-right": (_("upper right"), (5 / 6, 1 / 6)),
    "left": (_("left"), (1 / 6, 1 / 2)),
    "centre": (_("centre"), (1 / 2, 1 / 2)),
    "right": (_("right"), (5 / 6, 1 / 2)),
    "bottom-left": (_("lower left"), (1 / 6, 5 / 6)),
    "bottom": (_("bottom"), (1 / 2, 5 / 6)),
    "bottom-right": (_("lower right"), (5 / 6, 5 / 6)),
}
"""Label, and parts of width and height."""


def focus_choices() -> list[tuple[str, object]]:
    """Return the choices of a form field; "" lets the focus be found in the picture."""
    return [("", _("found in the picture")), *((name, label) for name, (label, _place) in PLACES.items())]


def focus_named(name: str) -> tuple[float, float] | None:
    """Return a place as parts of width and height, None for "" or a name that is not known."""
    return PLACES[name][1] if name in PLACES else None
