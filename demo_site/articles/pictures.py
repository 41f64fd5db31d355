"""Covers in the widths that screens ask for: made once, when the cover is saved."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from demo_site.articles.models import Article

logger = logging.getLogger(__name__)

FOLDER: Final = "covers"
WIDTHS: Final = (400, 800, 1200)
QUALITY: Final = 80


def make_sizes(article: Article) -> None:
    """Write the smaller copies of a cover that are not there yet."""
    storage = article.cover.storage
    missing = [width for width in _widths(article) if not storage.exists(_name(article, width))]
    if not missing:
        return
    try:
        with storage.open(str(article.cover.name)) as file, Image.open(file) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, Image.DecompressionBombError):
        logger.exception("%s can't be read, so pages show it as it is. Upload another picture.", article.cover.name)
        return
    for width in missing:
        smaller = picture.resize((width, round(width * picture.height / picture.width)), Image.Resampling.LANCZOS)
        buffer = BytesIO()
        smaller.save(buffer, "WEBP", quality=QUALITY)
        storage.save(_name(article, width), ContentFile(buffer.getvalue()))


def srcset(article: Article) -> str:
    """Return the copies of a cover as an ``img`` wants them; "" if there are none."""
    storage = article.cover.storage
    widths = _widths(article)
    if not widths or not storage.exists(_name(article, widths[0])):
        return ""
    return ", ".join(f"{storage.url(_name(article, width))} {width}w" for width in widths)


def srcset_of(url: str, largest: int) -> str:
    """Return the copies of a cover by its address and width, as a card has them; "" for any other picture."""
    if f"/{FOLDER}/" not in url:
        return ""
    return ", ".join(f"{_copy(url, width)} {width}w" for width in WIDTHS if width < largest)


def _widths(article: Article) -> list[int]:
    return [width for width in WIDTHS if article.cover and width < (article.cover_width or 0)]


def _name(article: Article, width: int) -> str:
    return _copy(article.cover.name or "", width)


def _copy(name: str, width: int) -> str:
    """``covers/tree-800.webp`` beside ``covers/tree.jpg``."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{width}.webp"))
