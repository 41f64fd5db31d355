"""What readers do for the site before something opens."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind

UNLOCKED: Final = register_kind(Kind(id="unlocked", label=_("Unlocked")))
"""Counted once for each reader and lock while it is open to him, with the way as the facet."""
DOWNLOADED: Final = register_kind(Kind(id="downloaded", label=_("Downloaded")))
"""Counted once for each link to a file that was used, for the page on which the file is offered."""
