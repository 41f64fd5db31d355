"""Colours that can be read on each other."""

from __future__ import annotations

from typing import Final, TypeAlias

from PIL import ImageColor

Colour: TypeAlias = tuple[int, int, int]

READABLE: Final = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text. A card is often seen at half its size."""


def rgb(colour: str) -> Colour:
    """Return red, green and blue of ``#rgb`` or ``#rrggbb``."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour of which ``share`` is the one and the rest the other."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it: 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def faint(text: Colour, back: Colour, share: float) -> Colour:
    """Return a quieter colour for text: as much of the background in it as lets it be read."""
    while share < 1 and contrast(mixed(text, back, share), back) < READABLE:
        share += 0.05
    return mixed(text, back, min(share, 1))


def on(back: Colour, *wanted: Colour) -> Colour:
    """Return the first of the colours that can be read on a background, else black or white."""
    for colour in wanted:
        if contrast(colour, back) >= READABLE:
            return colour
    return max(((0, 0, 0), (255, 255, 255)), key=lambda colour: contrast(colour, back))


def covering(back: Colour, text: Colour, least: float) -> float:
    """Return how much of a background must lie over a picture, whatever that shows, for text on it to be read."""
    share = least
    while share < 1 and contrast(mixed(back, text, share), text) < READABLE:
        share += 0.02
    return min(share, 1)


def is_dark(colour: Colour) -> bool:
    """Say whether white shows better on it than black."""
    return contrast(colour, (255, 255, 255)) > contrast(colour, (0, 0, 0))


def _luminance(colour: Colour) -> float:
    levels = [level / 255 for level in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
