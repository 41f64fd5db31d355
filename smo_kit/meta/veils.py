"""A colour over the lower part of a picture, on which words can be read whatever the picture shows."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PIL import Image

from smo_kit.meta.colours import Colour

STEP: Final = 24
"""Pixels between two heights at which a veil begins: titles of about the same height share one."""
_FADING: Final = 0.40
"""Of the picture's height, in which it goes over into nothing."""


class Veil(NamedTuple):
    """So much of a colour (``darkest``, 0 to 1) from a row on, and less and less above it."""

    colour: Colour
    top: int
    darkest: float


def veil(colour: Colour, top: int, darkest: float) -> Veil:
    """Return the veil that begins at a row or a little above it."""
    return Veil(colour, top // STEP * STEP, darkest)


def lay(one: Veil, image: Image.Image) -> None:
    """Lay a veil over a picture."""
    shade = _shade(image.size, one.top, one.darkest)
    image.paste(Image.new("RGB", shade.size, one.colour), (0, image.height - shade.height), shade)


@lru_cache(maxsize=64)
def _shade(size: tuple[int, int], top: int, darkest: float) -> Image.Image:
    """Return how much of a colour lies over each row, from the first that it touches."""
    begin = max(top - round(size[1] * _FADING), 0)
    column = Image.new("L", (1, size[1] - begin))
    for row in range(column.height):
        way = min(row / max(top - begin, 1), 1)
        column.putpixel((0, row), round(255 * darkest * way * way * (3 - 2 * way)))
    return column.resize((size[0], column.height))
