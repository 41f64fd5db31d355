"""What an editor can place of sign-in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.login.conf import login_options

BLOCKS = [
    Block(
        name="login",
        label=_("Sign-in buttons"),
        help=_("A button for each network that readers can sign in with. They come back to the page."),
        app="smo_kit.login",
        tag="smo_login",
        settings=login_options,
        names=("title",),
        fixed=(("look", "buttons"),),
    ),
    Block(
        name="account",
        label=_("Sign-in link"),
        help=_("A link to all ways of signing in. For who is signed in, it leads to his own account."),
        app="smo_kit.login",
        tag="smo_login",
        settings=login_options,
        names=("label",),
        fixed=(("look", "link"),),
    ),
]
