"""The shapes of card images that networks show."""

from __future__ import annotations

from typing import Final

Size = tuple[int, int]

WIDE: Final = "wide"
"""Open Graph's picture, 1.91:1."""
SHAPES: Final[dict[str, Size]] = {WIDE: (1200, 630), "square": (1200, 1200), "tall": (1000, 1500)}
"""Width and height in pixels by the shape's name."""
CUTS: Final = tuple(shape for shape in SHAPES if shape != WIDE)
