"""Pictures as cards need them: cut once, kept beside the card images and, the last few, in memory."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from io import BytesIO
from typing import Final

from PIL import Image

from smo_kit.meta.homes import card_storage, keep, kept
from smo_kit.meta.origins import Origin, read
from smo_kit.meta.photos import Focus, cut
from smo_kit.meta.shapes import Size

logger = logging.getLogger(__name__)

IN_MEMORY: Final = 4
"""Pictures that a process keeps: about 10 MB."""
_QUALITY: Final = 92

_recent: Final[OrderedDict[str, Image.Image]] = OrderedDict()
_lock: Final = threading.Lock()


def photo_for(origin: Origin, size: Size, focus: Focus) -> Image.Image | None:
    """Return a picture in a size, around its focus; None if its file can't be had (the log says why)."""
    name = _name(origin, size, focus)
    with _lock:
        if name in _recent:
            _recent.move_to_end(name)
            return _recent[name].copy()
    image = _kept(name)
    if image is None:
        try:
            image = cut(read(origin.place, origin.name), size, focus)
        except Exception as error:  # whatever a storage or a broken file raises: the card is drawn without
            logger.warning("A card image goes without the picture %s: %r. Check the file.", origin.name, error)
            return None
        _keep(name, image)
    with _lock:
        _recent[name] = image
        while len(_recent) > IN_MEMORY:
            _recent.popitem(last=False)
    return image.copy()


def forget_prepared() -> None:
    """Empty this process's memory; what is in the storage stays."""
    with _lock:
        _recent.clear()


def _name(origin: Origin, size: Size, focus: Focus) -> str:
    said = f"{origin.state or origin.name}|{size}|{focus}"
    digest = hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return f"smo/cards/photos/{digest[:2]}/{digest}.jpg"


def _kept(name: str) -> Image.Image | None:
    storage = card_storage()
    data = kept(storage, name) if storage else None
    if data is None:
        return None
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as opened:
            return opened.convert("RGB")
    except OSError:
        return None


def _keep(name: str, image: Image.Image) -> None:
    if storage := card_storage():
        out = BytesIO()
        image.save(out, "JPEG", quality=_QUALITY)
        keep(storage, name, out.getvalue())
