"""The files of card images: drawn when they are first asked for, drawn again when they are lost."""

from __future__ import annotations

import time
from typing import Final

from django.core.cache import cache
from django.core.files.storage import Storage

from smo_kit.meta.drawing import Made, draw
from smo_kit.meta.image_storage import card_storage, keep, kept
from smo_kit.meta.recipes import Recipe
from smo_kit.meta.shapes import WIDE

LOCK_SECONDS: Final = 30
STAND_IN_SECONDS: Final = 60
"""For which a card image without its picture is shown before the picture is tried again."""
PATIENCE: Final = 3.0
"""Seconds for which others wait for the one who draws, before they draw for themselves."""
PAUSE: Final = 0.05


def image_of(recipe: Recipe, shape: str = WIDE) -> Made:
    """Return the JPEG of a recipe, made once: whoever comes while it is being drawn waits for it."""
    storage = card_storage()
    if storage is None:
        return draw(recipe, shape)
    name = name_of(recipe, shape)
    lock = f"smo:drawing:{name}"
    deadline = time.monotonic() + PATIENCE
    while (made := _stored(storage, name)) is None:
        if cache.add(lock, 1, LOCK_SECONDS):
            try:
                return _stored(storage, name) or _made(storage, name, recipe, shape)
            finally:
                cache.delete(lock)
        if time.monotonic() > deadline:
            return draw(recipe, shape)
        time.sleep(PAUSE)
    return made


def name_of(recipe: Recipe, shape: str) -> str:
    """Return the name of a card image's file in its storage."""
    digest = recipe.digest
    return f"smo/cards/{digest[:2]}/{digest}{'' if shape == WIDE else f'-{shape}'}.jpg"


def is_made(recipe: Recipe, shape: str) -> bool:
    """Say whether a card image is there already, and whole."""
    storage = card_storage()
    return storage is not None and kept(storage, name_of(recipe, shape)) is not None


def _stored(storage: Storage, name: str) -> Made | None:
    """Return a picture that is there and whole, or, for a minute, what stands in for it."""
    image = kept(storage, name)
    if image is not None:
        return Made(image)
    stand_in: bytes | None = cache.get(f"smo:stand-in:{name}")
    return Made(stand_in, whole=False) if stand_in else None


def _made(storage: Storage, name: str, recipe: Recipe, shape: str) -> Made:
    made = draw(recipe, shape)
    if not made.whole:  # the file may be back soon
        cache.set(f"smo:stand-in:{name}", made.jpeg, STAND_IN_SECONDS)
        return made
    keep(storage, name, made.jpeg)
    return made
