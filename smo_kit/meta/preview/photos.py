"""The picture of a page as a crawler gets it: looked at where it lies, never asked for over the network unless told."""

from __future__ import annotations

import io
import mimetypes
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, Final, Literal
from urllib.parse import unquote, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage, default_storage
from django.http import HttpRequest
from PIL import Image, UnidentifiedImageError

from smo_kit.core import http, inside
from smo_kit.core.addresses import scheme_of
from smo_kit.core.events import event, event_logger
from smo_kit.core.http import Answer, Refused
from smo_kit.core.raster import ORIENTATION, TURNED
from smo_kit.meta.sources import LARGEST_AREA, media_name

logger = event_logger(__name__)

LARGEST: Final = 20_000_000
"""Bytes of a picture that are looked at; no network takes more than 8 MB."""

State = Literal["seen", "not looked at", "not found", "broken", "vector", "too many pixels"]


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a picture. Zero and "" where it was not looked at; sizes in pixels as it is shown."""

    url: str
    state: State = "not looked at"
    width: int = 0
    height: int = 0
    format: str = ""
    """Pillow's name."""
    weight: int = 0
    """Bytes."""
    moves: bool = False

    @property
    def ratio(self) -> float:
        """Width to height; 0 if not known."""
        return self.width / self.height if self.height else 0.0


class Album:
    """The pictures of one preview, each looked at once."""

    def __init__(self, home: str, *, remote: bool = False, request: HttpRequest | None = None) -> None:
        self._home = home
        self._request = request
        self._remote = remote
        self._photos: dict[str, Photo] = {}

    def photo(self, url: str) -> Photo:
        """Return what is known of the picture at a full address."""
        if url not in self._photos:
            self._photos[url] = self._look(url)
        return self._photos[url]

    def _look(self, url: str) -> Photo:
        if scheme_of(url) not in inside.PORTS:
            return Photo(url, "not found")
        if self._remote:
            return _fetched(url, lambda: http.fetch(url, size=LARGEST))
        if not inside.is_inside(url, self._home):
            return Photo(url)
        path = urljoin("/", urlsplit(url).path)
        return _stored(url, path) or _fetched(url, lambda: inside.read(url, request=self._request, size=LARGEST))


def _stored(url: str, path: str) -> Photo | None:
    """Look at a file of the media or static folder; None when it is neither."""
    name = media_name(path)
    if name:
        return _of_storage(url, default_storage, name)
    static = settings.STATIC_URL or ""
    if not apps.is_installed("django.contrib.staticfiles") or not static.startswith("/") or not path.startswith(static):
        return None
    name = unquote(path.removeprefix(static))
    if isinstance(found := finders.find(name), str):
        return _opened(url, lambda: open(found, "rb"))  # noqa: PTH123
    return _of_storage(url, staticfiles_storage, name)


def _of_storage(url: str, storage: Storage | Any, name: str) -> Photo:
    return _opened(url, lambda: storage.open(name))


def _opened(url: str, opener: Callable[[], IO[bytes] | Any]) -> Photo:
    try:
        with opener() as file:
            weight = file.seek(0, io.SEEK_END)
            file.seek(0)
            return look_at(url, file, weight)
    except Exception:  # gone, out of reach, a name that the storage refuses: each storage says it in its own way
        return Photo(url, "not found")


def _fetched(url: str, ask: Callable[[], Answer]) -> Photo:
    try:
        answer = ask()
    except Refused:
        return Photo(url, "not found")
    except Exception:  # the site's own code, in the middle of what it streams
        logger.info("%s can't be read for a preview.", url, exc_info=True, extra=event("meta.photo_unread"))
        return Photo(url, "broken")
    if answer.status != 200 or not answer.body:
        return Photo(url, "not found")
    return look_at(url, io.BytesIO(answer.body), len(answer.body))


def look_at(url: str, file: IO[bytes] | Any, weight: int) -> Photo:
    """Return what a file shows; only its header is read."""
    if is_vector(url, file.read(512)):
        return Photo(url, "vector", weight=weight)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                width, height = picture.size
                if picture.getexif().get(ORIENTATION) in TURNED:
                    width, height = height, width
                state: State = "too many pixels" if width * height > LARGEST_AREA else "seen"
                moves = bool(getattr(picture, "is_animated", False))
                return Photo(url, state, width, height, str(picture.format), weight, moves)
    except Image.DecompressionBombError:
        return Photo(url, "too many pixels", weight=weight)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, RuntimeError):
        return Photo(url, "broken", weight=weight)


def is_vector(url: str, start: bytes) -> bool:
    """Say whether a file is SVG, by its beginning or its name."""
    return b"<svg" in start.lower() or mimetypes.guess_type(urlsplit(url).path)[0] == "image/svg+xml"
