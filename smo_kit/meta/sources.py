"""The picture that a site gives: looked at once, and only if it is ours; a network would show no broken one either."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
from typing import IO, Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import Storage, default_storage
from django.db.models.fields.files import FieldFile
from PIL import Image, UnidentifiedImageError

from smo_kit.core.addresses import base_url, is_web_address
from smo_kit.core.cards import ImageSource, Picture
from smo_kit.core.conf import core_settings

logger = logging.getLogger(__name__)

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
LARGEST_FILE: Final = 8_000_000
"""Bytes that Facebook takes at the most."""
LARGEST_AREA: Final = 50_000_000
"""Pixels: more would be a trap for whoever opens it."""
SMALLEST_SIDE: Final = 200
"""Pixels: Facebook shows nothing smaller."""

_TURNED: Final = {5, 6, 7, 8}
_ORIENTATION: Final = 0x0112
_TAIL: Final = 4096
_ENDS: Final = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}


class Unusable(Exception):
    """A picture that networks would not show: the message says why, and the cure."""


def usable(source: ImageSource) -> Picture | None:
    """Return what can be shown of a card's picture, or None (a warning in the log then names the cure)."""
    if not source:
        return None
    name = str(getattr(source, "name", "") or getattr(source, "url", "") or source)
    try:
        return _usable(source)
    except Unusable as error:
        logger.warning("The picture %s is not used, a card image is drawn instead: %s", name, error)
    except Exception as error:  # a storage may fail in any way, and no page must fail with it
        logger.warning(
            "The picture %s is not used, a card image is drawn instead: its storage fails (%r). "
            "Check the storage and that the file is there.",
            name,
            error,
        )
    return None


def _usable(source: ImageSource) -> Picture:
    if isinstance(source, FieldFile):
        return _stored(source.storage, str(source.name), source.url)
    if isinstance(source, Picture) and source.width and source.height:
        _check_address(source.url)
        _check_size(source.width, source.height)
        return source
    return _address(source.url if isinstance(source, Picture) else str(source))


def _address(url: str) -> Picture:
    """Look at what stands in our media folder; believe what stands elsewhere: nothing is fetched."""
    _check_address(url)
    name = media_name(url)
    if name == "":
        raise Unusable("it names no file. Give the address of one.")
    if name:
        return _stored(default_storage, name, url)
    mime = mimetypes.guess_type(urlsplit(url).path)[0] or ""
    if mime == "image/svg+xml":
        raise Unusable("no network shows SVG. Give a JPEG or PNG of 1200×630.")
    return Picture(url, mime=mime if mime.startswith("image/") else "")


def media_name(url: str) -> str | None:
    """Return the name that a file of MEDIA_URL has in the default storage, None for any other address."""
    media = settings.MEDIA_URL
    if not media or media == "/":
        return None
    for start in (media, f"{base_url()}{media}"):
        if url.startswith(start):
            return unquote(urlsplit(url.removeprefix(start)).path)
    return None


def _stored(storage: Storage, name: str, url: str) -> Picture:
    """Look at a file, or remember what it looked like a short while ago."""
    place = f"{type(storage).__qualname__}:{getattr(storage, 'location', '')}:{name}"
    cache_key = f"smo:picture:{hashlib.blake2b(place.encode(), digest_size=16).hexdigest()}"
    seen: tuple[int, int, str] | str | None = cache.get(cache_key)
    if seen is None:
        seen = _look(storage, name)
        cache.set(cache_key, seen, core_settings().card_seconds)
    if isinstance(seen, str):
        raise Unusable(seen)
    return Picture(url, *seen)


def _look(storage: Storage, name: str) -> tuple[int, int, str] | str:
    """Return width, height and media type of a file, or what is wrong with it."""
    try:
        with storage.open(name) as file:
            return inspected(file, storage.size(name))
    except Unusable as error:
        return str(error)
    except FileNotFoundError:
        return "the file is gone. Upload it again."
    except UnidentifiedImageError:
        return f"it is none of {', '.join(FORMATS)}, or broken. Upload a JPEG or PNG of 1200×630."
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"it has more than {LARGEST_AREA // 1_000_000} megapixels. Upload one of 1200×630."
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for files that begin well
        return f"it is broken ({error}). Upload it again."


def inspected(file: IO[bytes] | Any, weight: int) -> tuple[int, int, str]:
    """Return width and height as shown, and media type, of a picture file. Raises Unusable and Pillow's own."""
    if weight > LARGEST_FILE:
        raise Unusable(f"it weighs {weight // 1_000_000} MB, networks take 8. Upload a JPEG of 1200×630.")
    with Image.open(file, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > LARGEST_AREA:
            raise Unusable(f"it has {width}×{height} pixels. Upload one of 1200×630.")
        if getattr(picture, "is_animated", False):
            raise Unusable("networks don't show what moves. Upload a JPEG or PNG of 1200×630.")
        if picture.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        _check_size(width, height)
        if not _has_end(file, str(picture.format), weight):
            picture.load()  # raises OSError if the end is really missing
        return width, height, Image.MIME[str(picture.format)]


def _has_end(file: IO[bytes], kind: str, weight: int) -> bool:
    """Say whether a file ends as its kind does: an upload that broke off begins well."""
    where = file.tell()
    file.seek(max(weight - _TAIL, 0))
    tail = file.read()
    file.seek(0)
    head = file.read(8)
    file.seek(where)
    if kind == "WEBP":
        return int.from_bytes(head[4:8], "little") + 8 <= weight
    if kind == "GIF":
        return tail.endswith(b";")
    return _ENDS.get(kind, b"") in tail


def _check_address(url: str) -> None:
    if not is_web_address(url):
        raise Unusable("it is no web address. Give a path or an https URL.")


def _check_size(width: int, height: int) -> None:
    if min(width, height) < SMALLEST_SIDE:
        raise Unusable(f"it has {width}×{height} pixels, too few for a preview. Give one of 1200×630.")
