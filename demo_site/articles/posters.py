"""The magazine's file to take home: a checklist for the wall, drawn for each language."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from smo_kit.lock.models import Download
from smo_kit.meta.fonts import OWN, chain

SLUG: Final = "checklist"
A4: Final = (1240, 1754)
"""Pixels at 150 dots an inch."""
MARGIN: Final = 140
BOX: Final = 56
STEP: Final = 190
INK: Final = "#1d2430"
ACCENT: Final = "#d6452b"


def seed_posters() -> int:
    """Make the file in each language of a site that has none; return how many."""
    if Download.objects.exists():
        return 0
    posters = json.loads((settings.CONTENT / "posters.json").read_text(encoding="utf-8"))
    for language, about in posters.items():
        file = ContentFile(drawn(about["title"], about["lines"]), about["name"])
        words = {"title": about["title"], "summary": about["summary"], "name": about["name"]}
        Download.objects.create(slug=SLUG, language=language, file=file, **words)
    return len(posters)


def drawn(title: str, lines: Sequence[str]) -> bytes:
    """Return a sheet of A4 as a PDF: a title, and a box before each line."""
    sheet = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN), title, INK, _font(90))
    draw.rectangle((MARGIN, MARGIN + 150, MARGIN + 200, MARGIN + 162), ACCENT)
    for number, line in enumerate(lines):
        top = MARGIN + 320 + number * STEP
        draw.rounded_rectangle((MARGIN, top, MARGIN + BOX, top + BOX), 8, outline=INK, width=5)
        draw.text((MARGIN + BOX + 40, top - 4), line, INK, _font(50))
    pdf = io.BytesIO()
    sheet.save(pdf, "PDF", resolution=150, title=title)
    return pdf.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = chain()[0]
    return ImageFont.load_default(size) if path == OWN else ImageFont.truetype(path, size)
