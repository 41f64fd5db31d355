"""What an editor can place of comments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.comments.conf import comments_settings, lists_settings
from smo_kit.core.blocks import Block

BLOCKS = [
    Block(
        name="comments",
        label=_("Comments"),
        help=_("The discussion of this page. What you leave empty is as in the settings of the site."),
        app="smo_kit.comments",
        tag="smo_comments",
        settings=comments_settings,
        names=("view", "sort", "page_size", "collapse_after"),
    ),
    Block(
        name="latest-comments",
        label=_("Latest comments"),
        help=_("What readers have written last, on whatever page."),
        app="smo_kit.comments",
        tag="smo_latest_comments",
        settings=lists_settings,
        names=("title", "limit"),
    ),
    Block(
        name="best-commenters",
        label=_("Best commenters"),
        help=_("Whose comments readers have liked most."),
        app="smo_kit.comments",
        tag="smo_best_commenters",
        settings=lists_settings,
        names=("title", "limit", "days"),
    ),
]
