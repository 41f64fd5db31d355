"""The picture that a site gives: looked at once, and only if it is ours; a network would show no broken one either."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO, Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from PIL import Image, UnidentifiedImageError

from smo_kit.core.addresses import base_url, is_web_address
from smo_kit.core.cards import ImageSource, Picture
from smo_kit.core.conf import core_settings
from smo_kit.core.events import event, event_logger
from smo_kit.core.raster import FORMATS, ORIENTATION, TURNED, tells_place
from smo_kit.meta.origins import LARGEST, MEDIA, Origin, TooHeavy, place_of, read

logger = event_logger(__name__)

LARGEST_FILE: Final = 8_000_000
"""Bytes that Facebook takes at the most."""
LARGEST_AREA: Final = 60_000_000
"""Pixels: more would be a trap for whoever opens it."""
SMALLEST_SIDE: Final = 200
"""Pixels: Facebook shows nothing smaller."""

_TAIL: Final = 4096
_ENDS: Final = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}
_PLAIN_MODES: Final = {"RGB", "RGBA", "L", "P"}
_EVERYWHERE: Final = {"image/jpeg", "image/png"}
_LIGHT: Final = 300_000
_LARGE: Final = (600, 315)
_RATIOS: Final = (1.6, 2.2)


class Unusable(Exception):
    """A picture that networks would not show: the message says why, and the cure."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a picture file has shown."""

    width: int
    height: int
    """As shown: turned as its camera was."""
    mime: str
    ideal: bool
    """Every network shows it as it is: form, weight, shape, colours; and nobody reads where it was taken."""
    fault: str = ""
    """Why networks don't show it, although we can cut one of it that they do."""
    state: str = ""
    """Hash of the file."""


@dataclass(frozen=True, slots=True)
class Found:
    """What can be done with a card's picture."""

    picture: Picture | None = None
    """It can be shown as it is."""
    origin: Origin | None = None
    """It can be cut and drawn upon."""
    ideal: bool = False


def found(source: ImageSource) -> Found:
    """Look at a card's picture. A warning in the log says why one is not shown as it is, and the cure."""
    if not source:
        return Found()
    name = str(getattr(source, "name", "") or getattr(source, "url", "") or source)
    try:
        result, fault = _found(source)
    except Unusable as error:
        result, fault = Found(), str(error)
    except Exception as error:  # a storage may fail in any way, and no page must fail with it
        result, fault = Found(), f"its storage fails ({error!r}). Check the storage and that the file is there."
    if fault:
        instead = "shown as it is, a JPEG is cut of it" if result.origin else "used, a card image is made instead"
        logger.warning("The picture %s is not %s: %s", name, instead, fault, extra=event("meta.picture_refused"))
    return result


def _found(source: ImageSource) -> tuple[Found, str]:
    if isinstance(source, FieldFile):
        return _kept(place_of(source), str(source.name), source.url)
    url = source.url if isinstance(source, Picture) else str(source)
    _check_address(url)
    if isinstance(source, Picture) and source.width and source.height:
        _check_size(source.width, source.height)
        name = media_name(url)
        seen = look(MEDIA, name) if name else None
        origin = Origin(MEDIA, name, seen.state) if name and isinstance(seen, Seen) else None
        return Found(source, origin, isinstance(seen, Seen) and seen.ideal), ""
    return _address(url)


def _address(url: str) -> tuple[Found, str]:
    """Look at what stands in our media folder; believe what stands elsewhere: nothing is fetched."""
    name = media_name(url)
    if name == "":
        raise Unusable("it names no file. Give the address of one.")
    if name:
        return _kept(MEDIA, name, url)
    mime = mimetypes.guess_type(urlsplit(url).path)[0] or ""
    if mime == "image/svg+xml":
        raise Unusable("no network shows SVG. Give a JPEG or PNG of 1200×630.")
    return Found(Picture(url, mime=mime if mime.startswith("image/") else "")), ""


def _kept(place: str, name: str, url: str) -> tuple[Found, str]:
    seen = look(place, name)
    if isinstance(seen, str):
        raise Unusable(seen)
    picture = None if seen.fault else Picture(url, seen.width, seen.height, seen.mime)
    return Found(picture, Origin(place, name, seen.state), seen.ideal), seen.fault


def media_name(url: str) -> str | None:
    """Return the name that a file of MEDIA_URL has in the default storage, None for any other address."""
    media = settings.MEDIA_URL
    if not media or media == "/":
        return None
    for start in (media, f"{base_url()}{media}"):
        if url.startswith(start):
            return unquote(urlsplit(url.removeprefix(start)).path)
    return None


def look(place: str, name: str, smallest: int = SMALLEST_SIDE) -> Seen | str:
    """Look at a file, or remember what it looked like a short while ago; a text says what is wrong with it."""
    key = f"{smallest}:{place}:{getattr(default_storage, 'location', '')}:{name}"
    cache_key = f"smo:seen:{hashlib.blake2b(key.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"
    seen: Seen | str | None = cache.get(cache_key)
    if seen is None:
        seen = _look(place, name, smallest)
        cache.set(cache_key, seen, core_settings().card_seconds)
    return seen


def _look(place: str, name: str, smallest: int) -> Seen | str:
    try:
        data = read(place, name)
        return replace(
            _inspected(BytesIO(data), len(data), smallest), state=hashlib.blake2b(data, digest_size=12).hexdigest()
        )
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


def inspected(file: IO[bytes] | Any, weight: int) -> Seen:
    """Return what an uploaded picture is. Raises Unusable, TooHeavy and Pillow's own if nothing can be made of it."""
    if weight > LARGEST:
        raise TooHeavy(f"it weighs more than {LARGEST // 1_000_000} MB")
    return _inspected(file, weight)


def _inspected(file: IO[bytes] | Any, weight: int, smallest: int = SMALLEST_SIDE) -> Seen:
    fault = ""
    if weight > LARGEST_FILE:
        fault = f"it weighs {weight // 1_000_000} MB, networks take 8. Upload a JPEG of 1200×630."
    with Image.open(file, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > LARGEST_AREA:
            raise Unusable(f"it has {width}×{height} pixels. Upload one of 1200×630.")
        if getattr(picture, "is_animated", False):
            fault = "networks don't show what moves. Upload a JPEG or PNG of 1200×630."
        orientation = picture.getexif().get(ORIENTATION, 1)
        if orientation in TURNED:
            width, height = height, width
        _check_size(width, height, smallest)
        mode, has_place = picture.mode, tells_place(picture)
        if not _has_end(file, str(picture.format), weight):
            picture.load()  # raises OSError if the end is really missing
        mime = Image.MIME[str(picture.format)]
    ideal = (
        not fault
        and weight <= _LIGHT
        and mime in _EVERYWHERE
        and mode in _PLAIN_MODES
        and orientation == 1
        and not has_place
        and width >= _LARGE[0]
        and height >= _LARGE[1]
        and _RATIOS[0] <= width / height <= _RATIOS[1]
    )
    return Seen(width, height, mime, ideal, fault)


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


def _check_size(width: int, height: int, smallest: int = SMALLEST_SIDE) -> None:
    if min(width, height) < smallest:
        raise Unusable(f"it has {width}×{height} pixels, too few for a preview. Give one of 1200×630.")
