"""Where the file of a picture is, said so that any process of the site finds it again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

MEDIA: Final = ""
"""The default storage."""
STATIC: Final = "static"
"""The static files."""
LARGEST: Final = 40_000_000
"""Bytes that are read at the most."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A picture file: its storage, its name in it, and the hash of what is in it.

    ``place`` is MEDIA, STATIC, or the field whose storage it is: ``blog.Post.cover``.
    """

    place: str
    name: str
    state: str


class TooHeavy(ValueError):
    """The file is larger than any picture that is worth reading."""


def place_of(file: FieldFile) -> str:
    """Return the place of a model's file."""
    if file.storage == default_storage:
        return MEDIA
    return f"{file.field.model._meta.label}.{file.field.name}"


def read(place: str, name: str) -> bytes:
    """Return a file. Raises what its storage raises, TooHeavy for more than 40 MB."""
    if place == STATIC and (path := finders.find(name)):
        return Path(str(path)).read_bytes()
    storage = _storage(place)
    if storage.size(name) > LARGEST:
        raise TooHeavy(f"it weighs more than {LARGEST // 1_000_000} MB")
    with storage.open(name) as file:
        data: bytes = file.read()
    return data


def _storage(place: str) -> Any:
    if place in {MEDIA, STATIC}:
        return default_storage if place == MEDIA else staticfiles_storage
    label, _, field = place.rpartition(".")
    return apps.get_model(label)._meta.get_field(field).storage
