"""Settings of who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable

Act = Literal["comment", "rate", "unlock"]
Who = Literal["everyone", "members", "groups"]

COMMENTS: Final = "smo_kit.comments"
RATINGS: Final = "smo_kit.ratings"
LOCK: Final = "smo_kit.lock"


def who_choices() -> list[tuple[str, Any]]:
    """Who may do something."""
    return [
        ("everyone", _("Everyone")),
        ("members", _("Only who is signed in")),
        ("groups", _("Only members of certain groups")),
    ]


def _are_named(values: tuple[str, ...]) -> str:
    wrong = [one for one in values if not one.strip()]
    return f"must be names of groups, not {wrong[0]!r}" if wrong else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessConf:
    """``SMO_KIT["ACCESS"]``."""

    comment: Who = editable(
        "everyone",
        label=_("Who may comment"),
        help=_("Guests give a name and an address."),
        choices=who_choices,
        apps=(COMMENTS,),
    )
    """Who may comment; a single discussion may have it otherwise."""
    rate: Who = editable(
        "everyone", label=_("Who may rate"), help=_("Guests once each."), choices=who_choices, apps=(RATINGS,)
    )
    """Who may rate."""
    unlock: Who = editable(
        "everyone",
        label=_("Who may unlock"),
        help=_("What is locked opens for them."),
        choices=who_choices,
        apps=(LOCK,),
    )
    """Who may unlock what is locked."""
    groups: tuple[str, ...] = editable(
        (),
        label=_("Groups"),
        help=_("Names of groups of the admin, one to a line. Staff may do what they may."),
        check=_are_named,
        apps=(COMMENTS, RATINGS, LOCK),
    )
    """Names of Django's groups whose members may do what is said of groups; staff may too."""


ACTS: Final[tuple[Act, ...]] = get_args(Act)

access_settings = AppSettings("ACCESS", AccessConf, _("Access"))
