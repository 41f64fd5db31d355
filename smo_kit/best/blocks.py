"""What an editor can place of best materials."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.best.conf import best_settings
from smo_kit.core.blocks import Block

BLOCKS = [
    Block(
        name="related",
        label=_("Read next"),
        help=_("Pages that are alike to this one. What you leave empty is as in the settings of the site."),
        app="smo_kit.best",
        tag="smo_related",
        settings=best_settings,
        names=("layout", "limit", "title", "reasons", "kind", "tag", "language", "locked", "fill"),
    ),
    Block(
        name="best",
        label=_("Best materials"),
        help=_("What readers liked best in a time, or the newest pages."),
        app="smo_kit.best",
        tag="smo_best",
        settings=best_settings,
        names=("period", "layout", "limit", "title", "reasons", "kind", "tag", "language", "locked", "fill"),
    ),
    Block(
        name="announcements",
        label=_("Announcements"),
        help=_("The newest pages of a kind or a tag, with their dates."),
        app="smo_kit.best",
        tag="smo_best",
        settings=best_settings,
        names=("kind", "tag", "language", "limit", "title", "locked"),
        fixed=(("layout", "announcements"), ("period", "new")),
    ),
]
