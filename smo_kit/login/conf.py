"""Settings of sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import positive


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginConf:
    """``SMO_KIT["LOGIN"]``."""

    order: tuple[str, ...] = editable(
        (),
        label=_("Order of the buttons"),
        help=_("Ids of networks, one to a line; those that are not named come after them, by name."),
    )
    """Ids of ways (a provider's id in django-allauth, or that of its application) in the order of the buttons."""
    hidden: tuple[str, ...] = editable(
        (),
        label=_("Without a button"),
        help=_("Ids of networks that are set up and not offered, one to a line: who is connected can still use them."),
    )
    """Ways that get no button."""
    starts_per_hour: int = fixed(60, check=positive)
    """How often one client address may start to sign in within an hour."""


login_settings = AppSettings("LOGIN", LoginConf, _("Sign-in"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonsConf:
    """Options of ``{% smo_login %}``."""

    look: Literal["buttons", "link"] = editable(
        "buttons",
        label=_("Look"),
        help=_("The link opens all ways of signing in, and becomes the way to one's own account."),
        choices=lambda: [("buttons", _("Buttons")), ("link", _("Link"))],
    )
    """``"buttons"``: one for each way of signing in; ``"link"``: one link to all of them."""
    title: str = editable("", label=_("Heading"), help=_("Empty: none."))
    """Heading above the buttons; "": none."""
    label: str = editable("", label=_("Text of the link"), help=_("Empty: Sign in."))
    """Text of the link; "": "Sign in"."""


login_options = AppSettings("LOGIN_BUTTONS", ButtonsConf, of_site=False)
