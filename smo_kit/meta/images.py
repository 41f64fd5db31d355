"""The files of card images: drawn when they are first asked for, drawn again when they are lost."""

from __future__ import annotations

import logging
import time
from typing import Final

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages

from smo_kit.meta.drawing import draw
from smo_kit.meta.recipes import Recipe

logger = logging.getLogger(__name__)

STORAGE: Final = "smo_cards"
"""The site may say in STORAGES where card images are kept; else it is the default storage."""
LOCK_SECONDS: Final = 30
PATIENCE: Final = 3.0
"""Seconds for which others wait for the one who draws, before they draw for themselves."""
PAUSE: Final = 0.05


def image_of(recipe: Recipe) -> bytes:
    """Return the JPEG of a recipe, made once: whoever comes while it is being drawn waits for it."""
    storage = card_storage()
    if storage is None:
        return draw(recipe)
    name = f"smo/cards/{recipe.digest[:2]}/{recipe.digest}.jpg"
    lock = f"smo:drawing:{recipe.digest}"
    deadline = time.monotonic() + PATIENCE
    while (image := _stored(storage, name)) is None:
        if cache.add(lock, 1, LOCK_SECONDS):
            try:
                return _stored(storage, name) or _made(storage, name, recipe)
            finally:
                cache.delete(lock)
        if time.monotonic() > deadline:
            return draw(recipe)
        time.sleep(PAUSE)
    return image


def card_storage() -> Storage | None:
    """Return where card images are kept; None if that would be the folder the server happened to be started in."""
    if STORAGE in storages.backends:
        return storages[STORAGE]
    return None if keeps_nothing() else default_storage


def keeps_nothing() -> bool:
    """Say whether the default storage is a folder of files that nobody named."""
    storage: Storage = storages["default"]
    return isinstance(storage, FileSystemStorage) and not storage.base_location


def _stored(storage: Storage, name: str) -> bytes | None:
    """Return a picture that is there and whole: one that is being written, or broke off, has no end."""
    try:
        with storage.open(name) as file:
            image: bytes = file.read()
    except Exception:  # gone; each storage says it in its own way
        return None
    return image if image.startswith(b"\xff\xd8") and image.endswith(b"\xff\xd9") else None


def _made(storage: Storage, name: str, recipe: Recipe) -> bytes:
    image = draw(recipe)
    try:
        storage.delete(name)  # what is there is broken
        saved = storage.save(name, ContentFile(image))
        if saved != name:  # somebody else was quicker
            storage.delete(saved)
    except Exception:  # a full disk, a storage out of reach: the reader still gets his picture
        logger.exception("The card image %s can't be kept and is drawn at every request. Check the storage.", name)
    return image
