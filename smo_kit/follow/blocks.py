"""What an editor can place of the follow buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.follow.conf import follow_settings

BLOCKS = [
    Block(
        name="follow",
        label=_("Follow buttons"),
        help=_("Buttons that lead to the site's own accounts, in their order in the admin."),
        app="smo_kit.follow",
        tag="smo_follow",
        settings=follow_settings,
        names=("look", "size", "colour", "shape"),
    )
]
