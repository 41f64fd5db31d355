"""From a recipe to a JPEG: its design drawn with its picture, or nothing but a cut of the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from PIL import Image

from smo_kit.core.events import event, event_logger
from smo_kit.core.raster import FORMATS
from smo_kit.meta.designs import DEFAULT, Design, design_named
from smo_kit.meta.font_coverage import missing_in
from smo_kit.meta.origins import Origin, read
from smo_kit.meta.prepared import QUALITY, Prepared, photo_for
from smo_kit.meta.recipes import CUT, Recipe, recipe_for
from smo_kit.meta.shapes import SHAPES, WIDE
from smo_kit.meta.sheets import Sheet

logger = event_logger(__name__)

HEAVIEST: Final = 300_000
"""Bytes: WhatsApp drops the pictures of heavier previews."""

_QUALITIES: Final = (QUALITY, 82, 76, 70, 60, 50, 40, 30, 20, 10)


@dataclass(frozen=True, slots=True)
class Made:
    """A card image. ``whole`` is False if its picture could not be had, so that it is to be tried again."""

    jpeg: bytes
    whole: bool = True


def draw(recipe: Recipe, shape: str = WIDE) -> Made:
    """Return the card image as a baseline JPEG of less than 300 kB."""
    if recipe.template == CUT:
        return _cut(recipe, shape)
    for script, cure in missing_in(recipe.title):
        logger.warning(
            "No font has the %s letters of the title %r: install %s.",
            script,
            recipe.title,
            cure,
            extra=event("meta.font_missing"),
        )
    design = design_named(recipe.template or DEFAULT)
    photo = _photo(recipe, design, shape)
    logo = _logo(recipe.logo_origin)
    image = _painted(design, recipe, shape, photo, logo)
    whole = (photo is None or photo.had is not False) and bool(logo or not recipe.logo)
    return Made(_jpeg(image, halved=bool(photo and photo.had and photo.size == SHAPES[shape])), whole)


def _cut(recipe: Recipe, shape: str) -> Made:
    origin = recipe.photo_origin
    image = photo_for(origin, SHAPES[shape], recipe.focus) if origin else None
    if image is not None:
        return Made(_jpeg(image, halved=True), whole=True)
    return replace(draw(recipe_for(""), shape), whole=False)


def _painted(
    design: Design, recipe: Recipe, shape: str, photo: Prepared | None, logo: Image.Image | None
) -> Image.Image:
    sheet = Sheet(recipe, shape, photo, logo)
    try:
        design.paint(sheet)
    except Exception:  # the site's own code
        logger.exception(
            "The template %r of card images fails; the plain one stands in for it.",
            design.name,
            extra=event("meta.template_failed", design=design.name),
        )
        sheet = Sheet(recipe, shape, photo, logo)
        design_named(DEFAULT).paint(sheet)
    return sheet.image


def _photo(recipe: Recipe, design: Design, shape: str) -> Prepared | None:
    origin = recipe.photo_origin
    return Prepared(origin, design.photo_size(shape), recipe.focus) if origin else None


def _logo(origin: Origin | None) -> Image.Image | None:
    if origin is None:
        return None
    try:
        with Image.open(BytesIO(read(origin.place, origin.name)), formats=FORMATS) as opened:
            opened.thumbnail((400, 400))
            return opened.convert("RGBA")
    except Exception as error:  # gone, broken, storage out of reach: the card does without
        logger.warning(
            "The logo %s is not on a card image: %r",
            origin.name,
            error,
            extra=event("meta.logo_left_out", origin=origin.name),
        )
        return None


def _jpeg(image: Image.Image, *, halved: bool = False) -> bytes:
    """Return the picture at the best quality that is light enough. Baseline: VK shows no progressive JPEG.

    ``halved``: its colours in half the pixels, as cameras keep them, which is not seen on photos.
    """
    for quality in _QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling=2 if halved or quality <= 80 else 0, progressive=False)
        if out.tell() < HEAVIEST:
            break
    return out.getvalue()
