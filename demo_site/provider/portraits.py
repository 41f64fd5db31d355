"""Pictures of the people of the demo's own network."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from demo_site.provider.people import BY_ID

SIDE: Final = 192
SKIN: Final = "#f0cfb0"
INK: Final = "#3a2a20"


@cache
def portrait(person_id: str) -> bytes:
    """Draw one of the people, as PNG."""
    background, clothes, hair = BY_ID[person_id].colours
    image = Image.new("RGB", (SIDE, SIDE), background)
    pen = ImageDraw.Draw(image)
    pen.ellipse((18, 132, 174, 280), fill=clothes)
    pen.ellipse((48, 22, 144, 142), fill=hair)
    pen.rectangle((82, 120, 110, 150), fill=SKIN)
    pen.ellipse((58, 42, 134, 140), fill=SKIN)
    pen.pieslice((52, 24, 140, 104), 180, 360, fill=hair)
    for x in (80, 112):
        pen.ellipse((x - 5, 84, x + 5, 94), fill=INK)
    pen.arc((78, 92, 114, 122), 25, 155, fill=INK, width=4)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
