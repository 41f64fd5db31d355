"""What an editor can place of ratings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.ratings.conf import ratings_settings

BLOCKS = [
    Block(
        name="rating",
        label=_("Rating"),
        help=_("Readers rate this page. What you leave empty is as in the settings of the site."),
        app="smo_kit.ratings",
        tag="smo_rate",
        settings=ratings_settings,
        names=("kind",),
    ),
]
