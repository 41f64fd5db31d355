"""What an editor can place of locks."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.core.settings import Editing
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.files.blocks import FILE_BLOCKS

LOCK: Final = "lock"
NAME: Final = "name"
"""The option by which an editor names a lock."""

BLOCKS = [
    Block(
        name=LOCK,
        label=_("Locked part"),
        help=_(
            "Put what you want to hide inside of this block. Readers see the heading and the teaser, and open "
            "the rest. What you leave empty is as in the settings of the site."
        ),
        app="smo_kit.lock",
        tag="smo_lock",
        settings=lock_settings,
        names=(
            "title",
            "text",
            "ways",
            "networks",
            "rung",
            "wait_seconds",
            "patience_seconds",
            "days",
            "open_for",
            "title_b",
            "text_b",
            "trial_minutes",
            NAME,
        ),
        rare=("rung", "patience_seconds", "days", "open_for", "title_b", "text_b", "trial_minutes", NAME),
        own=(
            (
                NAME,
                Editing(
                    _("Name"),
                    _(
                        "Who has opened it keeps it open under this name, wherever you move it on the page. "
                        "Left empty when you add it, one is drawn. Parts in other languages are one lock by the same "
                        "name."
                    ),
                ),
            ),
        ),
        drawn=NAME,
        holds=True,
    ),
    *FILE_BLOCKS,
]
