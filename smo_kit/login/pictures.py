"""A small square picture of whatever file somebody gives: re-encoded, without what a file may carry along."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from smo_kit.core.raster import FORMATS, even, flat, in_srgb, shrink_on_load

SIDE: Final = 160
"""Pixels: sharp on dense screens wherever it is shown."""
SMALLEST: Final = 32
"""Pixels: what is smaller shows nobody."""
LARGEST_FILE: Final = 10_000_000
LARGEST_AREA: Final = 25_000_000
"""Pixels: anybody may become a member, so less than what editors may upload."""
HEAVIEST: Final = 20_000
"""Bytes of what is made."""
UNUSABLE: Final = _(
    "This picture can't be used. Give a JPEG, PNG, WebP, GIF or AVIF file of at least 32 × 32 pixels, at most 25 "
    "megapixels and 10 MB."
)

_QUALITIES: Final = (85, 70, 55, 40, 25, 10)


class Unusable(Exception):
    """Nothing can be made of a file; the text says why, for a log."""


def portrait_of(data: bytes) -> bytes:
    """Return a JPEG of the middle of a picture file, at most 160 × 160 pixels and 20 kB. Raises Unusable."""
    if len(data) > LARGEST_FILE:
        raise Unusable(f"it weighs {len(data)} bytes")
    try:
        return _encoded(_square(data))
    except Unusable:
        raise
    except Exception as error:  # of hostile files Pillow raises whatever its decoders do
        raise Unusable(f"it can't be read ({type(error).__name__}: {error})") from error


def _square(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > LARGEST_AREA or min(width, height) < SMALLEST:
            raise Unusable(f"it has {width}×{height} pixels")
        profile = opened.info.get("icc_profile")
        side = min(SIDE, width, height)
        shrink_on_load(opened, (side, side))
        image: Image.Image = ImageOps.exif_transpose(opened)
    square = ImageOps.fit(even(image), (side, side), Image.Resampling.BICUBIC)
    return in_srgb(flat(square), profile)


def _encoded(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)
    bare.paste(image)  # nothing but pixels: no EXIF, no profile, no comment
    for quality in _QUALITIES:
        out = BytesIO()
        bare.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= HEAVIEST:
            break
    return out.getvalue()
