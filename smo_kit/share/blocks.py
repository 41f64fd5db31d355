"""What an editor can place of the share buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.share.conf import quote_options, share_settings

BLOCKS = [
    Block(
        name="share",
        label=_("Share buttons"),
        help=_("Buttons that share this page. What you leave empty is as in the settings of the site."),
        app="smo_kit.share",
        tag="smo_share",
        settings=share_settings,
        names=("networks", "limit", "placement", "look", "size", "colour", "shape"),
    ),
    Block(
        name="quote",
        label=_("Quote to share"),
        help=_("A sentence that readers can pass on: the shared link leads to it and marks it."),
        app="smo_kit.share",
        tag="smo_quote",
        settings=quote_options,
        names=("text", "author", "networks"),
        body="text",
    ),
]
