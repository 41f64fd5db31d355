"""What an editor can place of the follow buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.follow.conf import follow_settings
from smo_kit.follow.options import widget_options

BLOCKS = [
    Block(
        name="follow",
        label=_("Follow buttons"),
        help=_("Buttons that lead to the site's own accounts, in their order in the admin."),
        app="smo_kit.follow",
        tag="smo_follow",
        settings=follow_settings,
        names=("look", "size", "colour", "shape"),
    ),
    Block(
        name="widget",
        label=_("Community, post or video"),
        help=_("Shown by the network itself, but only to readers who agree to load it; the others see a link."),
        app="smo_kit.follow",
        tag="smo_widget",
        settings=widget_options,
        names=("address", "title"),
    ),
]
