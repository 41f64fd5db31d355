"""How a row of buttons looks, for every app that shows one: the settings, and the options of a tag."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.utils.translation import gettext_lazy as _

from smo_kit.core.faults import fault
from smo_kit.core.settings import AppSettings, did_you_mean, editable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Look = Literal["icons", "both", "names"]
Size = Literal["s", "m", "l"]
Colour = Literal["brand", "mono", "accent"]
Shape = Literal["round", "square"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The looks of buttons. The colours come from custom properties of CSS: see ``buttons.css``."""

    look: Look = editable(
        "icons",
        label=_("What a button shows"),
        help=_("In the panel “More” each button has its name."),
        choices=lambda: [("icons", _("Icon")), ("both", _("Icon and name")), ("names", _("Name"))],
    )
    size: Size = editable(
        "m",
        label=_("Size"),
        help=_("On touch screens no button is lower than 44 pixels."),
        choices=lambda: [("s", _("Small")), ("m", _("Medium")), ("l", _("Large"))],
    )
    colour: Colour = editable(
        "brand",
        label=_("Colour of the icons"),
        help=_("The accent is the site's own colour, --smo-accent in its style."),
        choices=lambda: [("brand", _("Each network's own")), ("mono", _("As the text")), ("accent", _("Accent"))],
    )
    shape: Shape = editable(
        "round",
        label=_("Shape"),
        help=_("How the corners of a button are."),
        choices=lambda: [("round", _("Round")), ("square", _("Square"))],
    )

    @property
    def classes(self) -> str:
        """The classes of CSS that say it."""
        return f"smo-{self.look} smo-size-{self.size} smo-{self.colour} smo-{self.shape}"


Options = TypeVar("Options", bound="DataclassInstance")


def with_options(
    app: AppSettings[Options], given: Mapping[str, object], names: Collection[str], *, tag: str
) -> Options:
    """Return an app's settings with what a tag says instead. A wrong option is a fault, and is skipped."""
    chosen = right_options(app, given, names, tag=tag)
    return replace(app(), **chosen) if chosen else app()


def right_options(
    app: AppSettings[Any], given: Mapping[str, object], names: Collection[str], *, tag: str
) -> dict[str, Any]:
    """Return the options of a tag as its app's settings keep them. A wrong option is a fault, and is left out."""
    chosen: dict[str, Any] = {}
    for name, value in given.items():
        try:
            if name not in names:
                raise ValueError(f"is no option. {did_you_mean(name, list(names))}")
            chosen[name] = app.accept(name, value)
        except ValueError as error:
            fault(ValueError(f"{{% {tag} %}}: {name!r} {error}"))
    return chosen


def in_lists(given: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Make lists of words that a template can only write in one, with commas: ``networks="a,b"``."""
    several = [name for name in names if isinstance(given.get(name), str)]
    return {**given, **{name: tuple(filter(None, map(str.strip, given[name].split(",")))) for name in several}}
