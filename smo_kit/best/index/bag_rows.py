"""Bags of words as rows hold them."""

from __future__ import annotations

from smo_kit.best.texts.words import Bag


def bag_in(packed: bytes | memoryview) -> Bag | None:
    """Return a bag as a row holds it; None for a text that was never read, or by another version."""
    try:
        return Bag.unpack(bytes(packed)) if packed else None
    except ValueError:
        return None
