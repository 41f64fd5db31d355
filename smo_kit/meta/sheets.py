"""What a design draws on."""

from __future__ import annotations


class Sheet:
    """A card image that is being drawn."""
