"""Pictures as cards need them: cut once, kept beside the card images and, the last few, in memory.

A picture that several cards show is also kept under the veil of their words.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image

from smo_kit.core.events import event, event_logger
from smo_kit.meta.image_storage import card_storage, keep, kept
from smo_kit.meta.origins import Origin, read
from smo_kit.meta.photos import Focus, cut
from smo_kit.meta.recipes import DRAWING
from smo_kit.meta.shapes import Size
from smo_kit.meta.veils import Veil, lay

logger = event_logger(__name__)

IN_MEMORY: Final = 4
"""Pictures that a process keeps: about 10 MB."""
QUALITY: Final = 88
"""Of JPEGs, as of card images: what is written twice with the same tables loses nothing the second time."""

_recent: Final[OrderedDict[str, Image.Image]] = OrderedDict()
_lock: Final = threading.Lock()


@dataclass(slots=True)
class Prepared:
    """The picture of a card, read when its design asks for it. Copy what it returns before you draw on it."""

    origin: Origin
    size: Size
    focus: Focus
    had: bool | None = None
    """Whether it is there; None until it is asked for."""

    def image(self) -> Image.Image | None:
        """Return it in its size."""
        return self._had(photo_for(self.origin, self.size, self.focus))

    def under(self, veil: Veil) -> Image.Image | None:
        """Return it under a veil."""
        return self._had(_veiled(self.origin, self.size, self.focus, veil))

    def _had(self, image: Image.Image | None) -> Image.Image | None:
        self.had = image is not None
        return image


def photo_for(origin: Origin, size: Size, focus: Focus) -> Image.Image | None:
    """Return a picture in a size, around its focus; None if its file can't be had (the log says why).

    Others are given the same one: copy it before you draw on it.
    """
    return _remembered(name := _name(origin, size, focus)) or _cut(name, origin, size, focus)


def forget_prepared() -> None:
    """Empty this process's memory; what is in the storage stays."""
    with _lock:
        _recent.clear()


def _cut(name: str, origin: Origin, size: Size, focus: Focus) -> Image.Image | None:
    try:
        image = cut(read(origin.place, origin.name), size, focus)
    except Exception as error:  # whatever a storage or a broken file raises: the card is drawn without
        logger.warning(
            "A card image goes without the picture %s: %r. Check the file.",
            origin.name,
            error,
            extra=event("meta.picture_left_out", origin=origin.name),
        )
        return None
    _keep(name, image)
    return _remember(name, image)


def _veiled(origin: Origin, size: Size, focus: Focus, veil: Veil) -> Image.Image | None:
    """Return a picture under a veil, which is kept if this is not the picture's first card: most have one only."""
    name = _name(origin, size, focus, f"|{veil}|{DRAWING}")
    if image := _remembered(name):
        return image
    bare = _name(origin, size, focus)
    before = _remembered(bare)
    whole = before or _cut(bare, origin, size, focus)
    if whole is None:
        return None
    image = whole.copy()
    lay(veil, image)
    if before is not None:
        _keep(name, image)
        _remember(name, image)
    return image


def _name(origin: Origin, size: Size, focus: Focus, more: str = "") -> str:
    said = f"{origin.state or origin.name}|{size}|{focus}{more}"
    digest = hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return f"smo/cards/photos/{digest[:2]}/{digest}.jpg"


def _remembered(name: str) -> Image.Image | None:
    """Return a picture from memory, else from the storage."""
    with _lock:
        if name in _recent:
            _recent.move_to_end(name)
            return _recent[name]
    image = _kept(name)
    return _remember(name, image) if image else None


def _remember(name: str, image: Image.Image) -> Image.Image:
    with _lock:
        _recent[name] = image
        while len(_recent) > IN_MEMORY:
            _recent.popitem(last=False)
    return image


def _kept(name: str) -> Image.Image | None:
    storage = card_storage()
    data = kept(storage, name) if storage else None
    if data is None:
        return None
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as opened:
            opened.load()
            return opened if opened.mode == "RGB" else opened.convert("RGB")
    except OSError:
        return None


def _keep(name: str, image: Image.Image) -> None:
    if storage := card_storage():
        out = BytesIO()
        image.save(out, "JPEG", quality=QUALITY, subsampling=2)
        keep(storage, name, out.getvalue())
