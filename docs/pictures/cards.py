"""Make the picture of card images anew, templates, shapes and scripts: ``python docs/pictures/cards.py``."""

from __future__ import annotations

import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

import django

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.test import override_settings  # noqa: E402  # settings first
from PIL import Image  # noqa: E402

from smo_kit.meta.drawing import draw  # noqa: E402
from smo_kit.meta.recipes import Recipe  # noqa: E402

COVER: Final = HERE.parents[1] / "demo_site" / "content" / "covers" / "choosing-the-picture.jpg"
SITE: Final = "The Tea Journal"
COLOURS: Final = {"background": "#16213a", "text": "#ffffff", "accent": "#ffb703"}
TEMPLATES: Final = ("plain", "photo", "beside", "letter", "quote")
TITLES: Final = (
    ("ru", "Ёлка, подъезд и чай в семь часов вечера"),
    ("el", "Πώς μοιράζεται ένας σύνδεσμος"),
    ("ka", "როგორ გავაზიაროთ ბმული"),
    ("hy", "Ինչպես կիսվել հղումով"),
    ("ar", "كيف نشارك رابط Django 6 (الجزء 2)"),
    ("he", "איך משתפים קישור Django 6 (חלק 2)"),
    ("hi", "लिंक कैसे साझा करें"),
    ("th", "ทำอย่างไรให้ผู้คนอยากแบ่งปันลิงก์"),
    ("ja", "リンクを共有したくなるようにするには"),
    ("en", "Emoji 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 and text ☕"),
)
WIDTH: Final = 216
GAP: Final = 10


def card(title: str, template: str, shape: str = "wide", language: str = "en") -> Image.Image:
    """Return a card, scaled for the sheet."""
    recipe = Recipe(
        title=title,
        site=SITE,
        template=template,
        author="Anna Petrova",
        date="25 November 2026",
        language=language,
        photo=COVER.name,
        photo_state="cover",
        **COLOURS,
    )
    image = Image.open(BytesIO(draw(recipe, shape).jpeg))
    return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)


def sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """Return rows of pictures below each other."""
    heights = [max(one.height for one in row) for row in rows]
    columns = max(map(len, rows))
    whole = Image.new("RGB", (columns * (WIDTH + GAP) + GAP, sum(heights) + GAP * (len(rows) + 1)), "#e8eaee")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, one in enumerate(row):
            whole.paste(one, (GAP + place * (WIDTH + GAP), top))
        top += height + GAP
    return whole


with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
    Path(folder, COVER.name).write_bytes(COVER.read_bytes())
    title = "What a link preview is made of, and who reads it"
    rows = [[card(title, one, shape) for one in TEMPLATES] for shape in ("wide", "square", "tall")]
    scripts = [card(words, "plain", language=language) for language, words in TITLES]
    rows += [scripts[place : place + len(TEMPLATES)] for place in range(0, len(scripts), len(TEMPLATES))]
    sheet(rows).save(HERE / "cards.jpg", quality=52, optimize=True, progressive=True)
