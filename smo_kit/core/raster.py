"""Pictures from whoever gave them, opened so that they do no harm: Pillow's traps, each in one place.

Look at the size right after ``Image.open(file, formats=FORMATS)``, which reads the header alone.
"""

from __future__ import annotations

import math
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ORIENTATION: Final = 0x0112
"""The tag of EXIF that says how the camera was held."""
TURNED: Final = {5, 6, 7, 8}
"""Its values for a picture that lies on its side."""
_PLACE: Final = 0x8825
"""The tag that leads to where it was taken (GPS)."""
_PLACE_IN_XMP: Final = b"GPSL"
"""How XMP calls it (``exif:GPSLatitude``); programs write both, or this alone."""

_PAPER: Final = (255, 255, 255)


def shrink_on_load(image: Any, size: tuple[int, int]) -> None:
    """Let a JPEG be read at a half, a quarter or an eighth of its size, whatever is enough."""
    turned = image.getexif().get(ORIENTATION) in TURNED
    width, height = size[::-1] if turned else size
    scale = max(width / image.width, height / image.height)
    if scale < 1:
        image.draft(None, (math.ceil(image.width * scale), math.ceil(image.height * scale)))


def tells_place(image: Image.Image) -> bool:
    """Say whether a picture says where it was taken, in EXIF or XMP."""
    return _PLACE in image.getexif() or _PLACE_IN_XMP in image.info.get("xmp", b"")


def even(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be scaled, with nothing clipped."""
    if image.mode.startswith("I") or image.mode == "F":
        return (
            image.convert("I").point(lambda level: level / 256).convert("L")
            if image.mode != "F"
            else image.convert("L")
        )
    if image.mode in {"P", "PA", "LA", "1"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image


def flat(image: Image.Image) -> Image.Image:
    """Return the picture on white where it lets the ground through."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, _PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB, its colours as its profile means them."""
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            done = ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is broken, or of another mode
            done = None
        if done is not None:
            return done
    return image.convert("RGB")


@lru_cache(maxsize=1)
def _srgb() -> Any:
    return ImageCms.createProfile("sRGB")
