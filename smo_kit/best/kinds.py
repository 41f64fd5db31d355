"""What readers do with materials."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind

SECONDS: Final = "seconds"

READ: Final = register_kind(Kind(id="read", label=_("Seconds of reading"), facet=SECONDS))
"""Counted by seconds: ``n`` of them, for the page that was read."""
CLICKED: Final = register_kind(Kind(id="clicked", label=_("Chosen from an offer")))
"""For the page that was chosen; the facet is the block's name."""
