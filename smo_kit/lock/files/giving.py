"""The bytes of a private file: by the web server in front where it can (X-Accel-Redirect, X-Sendfile), else by us.

Nobody keeps them, no search engine lists them, and a browser saves them: it opens none as a page of the site.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from smo_kit.lock.files.ranges import Beyond, Part, part_of
from smo_kit.lock.models import Download

try:
    from django_sendfile import sendfile
except ImportError:  # without smo-kit[downloads]
    sendfile = None

_Response = TypeVar("_Response", bound=HttpResponseBase)

BLOCK: Final = 64 * 1024
OURS: Final = ("django_sendfile.backends.simple", "django_sendfile.backends.development")
"""Backends that read the file by themselves, without ranges: we do it better."""


class Missing(LookupError):
    """The file is not where it was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it lies in its storage now."""

    download: Download
    size: int
    modified: dt.datetime | None

    @property
    def etag(self) -> str:
        """Strong: the same bytes. A file that was changed past the admin has another than its row says."""
        row = self.download
        return f'"{row.sha256}"' if self.size == row.size else f'"{row.sha256[:32]}-{self.size}"'

    @property
    def last_modified(self) -> str:
        """The time as headers have it; "": the storage does not know."""
        return http_date(self.modified.timestamp()) if self.modified else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request wants of a file: all, a part, or nothing but word that it has it already."""

    part: Part | None = None
    answer: HttpResponse | None = None
    """The whole answer, which has no byte of the file."""

    @property
    def rest(self) -> int:
        """How many bytes are asked for by who goes on with a download; 0: it is asked for from its first byte on."""
        return self.part.length if self.part and self.part.first else 0


class _Piece:
    """Reads a part of a file, and no byte more."""

    def __init__(self, file: Any, part: Part) -> None:
        self._file = file
        self._left = part.length
        file.seek(part.first)

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()


class _Stream(FileResponse):
    block_size = BLOCK


def kept(download: Download) -> Kept:
    """Return what lies in the storage. Raises Missing."""
    storage, name = download.file.storage, download.file.name
    try:
        if not name or not storage.exists(name):
            raise Missing(name)
        size = storage.size(name)
    except (OSError, SuspiciousOperation) as error:
        raise Missing(name) from error
    try:
        modified = storage.get_modified_time(name)
    except (NotImplementedError, OSError):
        modified = None
    return Kept(download, size, modified)


def wanted_by(request: HttpRequest, file: Kept) -> Wanted:
    """Return what a request wants."""
    moment = int(file.modified.timestamp()) if file.modified else None
    same = get_conditional_response(request, file.etag, moment)
    if same is not None:
        return Wanted(answer=dressed(same, file))
    path = _path_for_front(file)
    if request.method == "HEAD":
        return Wanted(answer=dressed(_by_front(request, path), file) if path else _sized(_bare(file), file.size))
    asked, unless = request.headers.get("Range", ""), request.headers.get("If-Range", "")
    try:
        known = "" if path else unless  # the web server has an ETag of its own to compare it with
        return Wanted(part_of(asked, file.size, if_range=known, etag=file.etag, modified=file.last_modified))
    except Beyond:
        if path and unless:
            return Wanted()
        response = dressed(HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE), file)
        response.headers["Content-Range"] = f"bytes */{file.size}"
        return Wanted(answer=response)


def given(request: HttpRequest, file: Kept, part: Part | None) -> HttpResponseBase:
    """Return the file, or a part of it. Raises Missing."""
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # a middleware that compresses would spoil ranges
    if path := _path_for_front(file):
        return dressed(_by_front(request, path), file)
    name = file.download.file.name or ""
    try:
        opened = file.download.file.storage.open(name, "rb")
    except OSError as error:
        raise Missing(name) from error
    if part is None:
        return _sized(dressed(_Stream(opened), file), file.size)
    response = _sized(dressed(_Stream(_Piece(opened, part), status=HTTPStatus.PARTIAL_CONTENT), file), part.length)
    response.headers["Content-Range"] = part.header
    return response


def dressed(response: _Response, file: Kept) -> _Response:
    """Give an answer the headers of a file."""
    headers = {
        "Content-Type": file.download.type,
        "Content-Disposition": content_disposition_header(True, file.download.name) or "attachment",
        "Accept-Ranges": "bytes",
        "ETag": file.etag,
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if file.modified:
        headers["Last-Modified"] = file.last_modified
    for name, value in headers.items():
        response.headers[name] = value
    return response


def has_package() -> bool:
    """Say whether django-sendfile2 is installed."""
    return sendfile is not None


def front_backend() -> str:
    """Return the setting SENDFILE_BACKEND, if a web server in front is to send files and the package is there."""
    backend = str(getattr(settings, "SENDFILE_BACKEND", "") or "")
    return backend if has_package() and backend not in OURS else ""


def _path_for_front(file: Kept) -> str:
    """Return where a file lies, if the web server in front knows the folder; else ""."""
    root = str(getattr(settings, "SENDFILE_ROOT", "") or "")
    if not (front_backend() and root):
        return ""
    try:
        path = str(file.download.file.path)
    except NotImplementedError:  # it lies in no folder
        return ""
    return path if Path(path).is_relative_to(root) else ""


def _by_front(request: HttpRequest, path: str) -> HttpResponse:
    """Return an answer without bytes, to which the web server adds them. Raises Missing."""
    try:
        response: HttpResponse = sendfile(request, path, attachment=True)
    except Http404 as error:
        raise Missing(path) from error
    del response.headers["Content-Length"]  # what it adds is its own to count
    return response


def _bare(file: Kept) -> HttpResponse:
    return dressed(HttpResponse(), file)


def _sized(response: _Response, length: int) -> _Response:
    response.headers["Content-Length"] = str(length)
    return response
