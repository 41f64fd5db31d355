"""A picture of the site's, cut to a size around what matters in it; kept, so that the next card on it is quick."""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate
from typing import Final

from PIL import Image, ImageFilter, ImageOps

from smo_kit.core.raster import FORMATS, even, flat, in_srgb, shrink_on_load
from smo_kit.meta.shapes import Size
from smo_kit.meta.sources import LARGEST_AREA, Unusable

Focus = tuple[float, float] | None
"""What must stay, as parts of width and height; None: to be found."""

_SMALL: Final = 64
"""Pixels of the longer side of the picture in which the focus is looked for."""
_CENTRE: Final = 0.35
"""How much the middle counts beside what the picture shows."""


def cut(data: bytes, size: Size, focus: Focus = None) -> Image.Image:
    """Return a picture file as RGB in exactly this size. Raises Unusable and what Pillow raises."""
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > LARGEST_AREA:
            raise Unusable(f"it has {opened.width}×{opened.height} pixels")
        shrink_on_load(opened, size)
        image: Image.Image = ImageOps.exif_transpose(opened)
        profile = opened.info.get("icc_profile")
    image = even(image)
    box = window(image.size, size, focus or focus_of(image, size))
    small = image.resize(size, Image.Resampling.BICUBIC, box=box, reducing_gap=2.0)
    made = in_srgb(flat(small), profile)
    made.info = {}  # Pillow writes the comment of one JPEG into the next
    return made


def window(whole: Size, size: Size, focus: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return the largest part of a picture in the shape of ``size`` that has the focus nearest to its middle."""
    scale = min(whole[0] / size[0], whole[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left = max(min(focus[0] * whole[0] - width / 2, whole[0] - width), 0)
    top = max(min(focus[1] * whole[1] - height / 2, whole[1] - height), 0)
    return left, top, min(left + width, whole[0]), min(top + height, whole[1])


def focus_of(image: Image.Image, size: Size) -> tuple[float, float]:
    """Return where a picture shows most: edges and strong colours, those in the middle before those at the rim."""
    scale = _SMALL / max(image.size)
    small = image.resize(
        (max(round(image.width * scale), 2), max(round(image.height * scale), 2)),
        Image.Resampling.BOX,
        reducing_gap=1.0,
    )
    rgb = flat(small).convert("RGB")
    edges = rgb.convert("L").filter(ImageFilter.FIND_EDGES)
    colours = rgb.convert("HSV").getchannel("S")
    telling = (
        Image.blend(edges, colours, 0.3).crop((1, 1, rgb.width - 1, rgb.height - 1)) if min(rgb.size) > 4 else edges
    )
    across = telling.resize((telling.width, 1), Image.Resampling.BOX)
    down = telling.resize((1, telling.height), Image.Resampling.BOX)
    left, top, right, bottom = window(telling.size, size, (0.5, 0.5))
    return _best(across.tobytes(), right - left), _best(down.tobytes(), bottom - top)


def _best(levels: bytes, width: float) -> float:
    """Return the middle, from 0 to 1, of the span of this width in which the levels are highest."""
    whole = len(levels)
    span = min(max(round(width), 1), whole)
    sums = [0, *accumulate(levels)]
    most = max(sums[-1], 1)

    def worth(start: int) -> float:
        off = abs(start + span / 2 - whole / 2) / whole
        return (sums[start + span] - sums[start]) / most - _CENTRE * off

    start = max(range(whole - span + 1), key=worth)
    return (start + span / 2) / whole
