"""What an editor can place of the share buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.share.conf import share_settings

BLOCKS = [
    Block(
        name="share",
        label=_("Share buttons"),
        help=_("Buttons that share this page. What you leave empty is as in the settings of the site."),
        app="smo_kit.share",
        tag="smo_share",
        settings=share_settings,
        names=("networks", "limit", "placement", "look", "size", "colour", "shape"),
    )
]
