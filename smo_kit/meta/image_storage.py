"""Where card images, and pictures prepared for them, are kept."""

from __future__ import annotations

from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages

from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)

STORAGE: Final = "smo_cards"
"""The site may say in STORAGES where card images are kept; else it is the default storage."""


def card_storage() -> Storage | None:
    """Return where card images are kept; None if that would be the folder the server happened to be started in."""
    if STORAGE in storages.backends:
        return storages[STORAGE]
    return None if keeps_nothing() else default_storage


def keeps_nothing() -> bool:
    """Say whether the default storage is a folder of files that nobody named."""
    storage: Storage = storages["default"]
    return isinstance(storage, FileSystemStorage) and not storage.base_location


def kept(storage: Storage, name: str) -> bytes | None:
    """Return a JPEG that is there and whole: one that is being written, or broke off, has no end."""
    try:
        with storage.open(name) as file:
            image: bytes = file.read()
    except Exception:  # gone; each storage says it in its own way
        return None
    return image if image.startswith(b"\xff\xd8") and image.endswith(b"\xff\xd9") else None


def keep(storage: Storage, name: str, image: bytes) -> None:
    """Write a JPEG under exactly this name."""
    try:
        storage.delete(name)  # what is there is broken
        saved = storage.save(name, ContentFile(image))
        if saved != name:  # somebody else was quicker
            storage.delete(saved)
    except Exception:  # a full disk, a storage out of reach: the reader still gets his picture
        logger.exception(
            "The card image %s can't be kept and is drawn at every request. Check the storage.",
            name,
            extra=event("meta.image_not_kept"),
        )
