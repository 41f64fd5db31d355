"""What can be given: the values of each kind, with their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from smo_kit.ratings.conf import REACTION, RatingsConf

LIKE: Final = "like"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a reader can give."""

    value: str
    label: Any
    symbol: str = ""
    """"": it is drawn."""


_STARS: Final = (
    Choice("1", _("1 of 5: poor")),
    Choice("2", _("2 of 5: fair")),
    Choice("3", _("3 of 5: good")),
    Choice("4", _("4 of 5: very good")),
    Choice("5", _("5 of 5: excellent")),
)
_LIKE: Final = (Choice(LIKE, _("I like it")),)
_REACTIONS: Final = (
    Choice("useful", _("Useful"), "✓"),
    Choice("thanks", _("Thank you"), "♥"),
    Choice("funny", _("Funny"), "☺"),
    Choice("surprising", _("Surprising"), "!"),
    Choice("sad", _("Sad"), "☹"),
)


def choices_of(kind: str, conf: RatingsConf) -> tuple[Choice, ...]:
    """Return what readers can give of a kind, in the order of the buttons; () for what is no kind."""
    if kind == "reactions" and conf.reactions:
        parts = (REACTION.fullmatch(str(line).strip()) for line in conf.reactions)
        return tuple(Choice(one[1], one[3], one[2]) for one in parts if one)
    return {"stars": _STARS, "like": _LIKE, "reactions": _REACTIONS}.get(kind, ())


def choice_of(kind: str, value: str, conf: RatingsConf) -> Choice | None:
    """Return one of them by its value."""
    return next((one for one in choices_of(kind, conf) if one.value == value), None)
