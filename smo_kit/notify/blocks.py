"""What an editor can place of notifications."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.notify.conf import subscribe_settings

BLOCKS = [
    Block(
        name="subscribe",
        label=_("Subscribe to comments"),
        help=_("A link by which readers get new comments on this page by mail."),
        app="smo_kit.notify",
        tag="smo_subscribe",
        settings=subscribe_settings,
        names=("title", "label"),
    ),
]
