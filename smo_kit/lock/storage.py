"""Where files that are given after conditions are kept: in no folder that a web server gives to everybody."""

from __future__ import annotations

import mimetypes
import os
import re
import secrets
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.signals import setting_changed
from django.utils.functional import LazyObject, empty
from django.utils.translation import gettext as _

from smo_kit.lock.conf import lock_settings

if TYPE_CHECKING:
    from smo_kit.lock.models import Download

STORAGE: Final = "smo_files"
"""A site may say in STORAGES where they are kept; also the folder's name beside MEDIA_ROOT, where none is named."""
NAME_LENGTH: Final = 150
UNKNOWN: Final = "application/octet-stream"
PACKED: Final = {
    "br": "application/x-brotli",
    "bzip2": "application/x-bzip",
    "compress": "application/x-compress",
    "gzip": "application/gzip",
    "xz": "application/x-xz",
}
"""Types of packed files, by what ``mimetypes`` calls their packing; as Django has them."""

_NO_LETTERS: Final = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+')
"""What no name of a file may hold: controls, separators, what systems forbid, and what turns the order of letters."""


class PrivateFolder(FileSystemStorage):
    """A folder without addresses, which writes nothing while others could read it."""

    def __init__(self) -> None:
        super().__init__(location=files_root() or os.devnull)

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address: its readers get signed links.")

    def _save(self, name: str, content: Any) -> str:
        if problem := public_problem():
            raise ImproperlyConfigured(problem)
        saved: str = super()._save(name, content)  # type: ignore[misc]  # the stubs don't know it
        return saved


class PrivateFiles(LazyObject):  # type: ignore[type-arg]  # generic for the checker alone
    """The storage that the settings name, found when it is first asked for."""

    def _setup(self) -> None:
        self._wrapped = storages[STORAGE] if is_named() else PrivateFolder()

    def forget(self) -> None:
        """Find it anew."""
        self._wrapped = empty  # type: ignore[assignment]  # as the base class has it


private_files: Final = PrivateFiles()


def private_storage() -> Storage:
    """Return where files are kept; a migration names this function, so that it knows no folder."""
    return private_files  # type: ignore[return-value]  # it acts for one


def is_named() -> bool:
    """Say whether the site has a storage of its own for them."""
    return STORAGE in storages.backends


def files_root() -> str:
    """Return the folder of the settings, else ``smo_files`` beside MEDIA_ROOT; "" where neither is said."""
    named = lock_settings.in_code().files_root
    if named or not settings.MEDIA_ROOT:
        return named
    return str(Path(settings.MEDIA_ROOT).absolute().parent / STORAGE)


def public_problem() -> str:
    """Return a sentence on what would make the folder no private one, "" if it is: it is in the settings alone."""
    if is_named():
        return ""
    root = files_root()
    if not root:
        return _("There is no folder for private files: set SMO_KIT['LOCK']['files_root'].")
    public = [settings.MEDIA_ROOT, settings.STATIC_ROOT, *map(_folder, settings.STATICFILES_DIRS)]
    outer = next((str(one) for one in public if one and _is_inside(root, str(one))), "")
    if not outer:
        return ""
    return _("The folder for private files, %(root)s, is in %(outer)s, which everybody can read. Choose another.") % {
        "root": root,
        "outer": outer,
    }


def folder_problem() -> str:
    """Return a sentence on why nothing can be kept at present, "" if it can: it looks at the disk too."""
    if is_named():
        return ""
    if problem := public_problem():
        return problem
    folder = Path(files_root())
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return ""
    return _("The folder for private files, %(root)s, can't be written to by the site. Give it the right to.") % {
        "root": folder
    }


def upload_to(download: Download, name: str) -> str:
    """Return where an upload is kept: a folder of its own, and a name of plain letters."""
    suffix = re.sub(r"[^a-z0-9]", "", PurePosixPath(name).suffix.lower())[:10]
    return f"{secrets.token_hex(12)}/file{'.' if suffix else ''}{suffix}"


def readable_name(wanted: str, uploaded: str) -> str:
    """Return what readers' systems call a file: in any script, without what could mislead them; with its suffix."""
    suffix = _clean(PurePosixPath(uploaded.replace("\\", "/")).suffix)[:12].rstrip(". ")
    name = _clean(wanted) or _clean(PurePosixPath(uploaded.replace("\\", "/")).name)
    stem = name.removesuffix(suffix) if suffix else name
    return f"{stem[: NAME_LENGTH - len(suffix)].rstrip('. ') or 'file'}{suffix}"


def type_of(name: str) -> str:
    """Return the type of a file, by its name; of a packed one that of its packing, else browsers would unpack it."""
    kind, packing = mimetypes.guess_type(name)
    return PACKED.get(packing, UNKNOWN) if packing else kind or UNKNOWN


def _clean(name: str) -> str:
    return " ".join(_NO_LETTERS.sub(" ", unicodedata.normalize("NFC", name)).split()).rstrip(". ")


def _folder(one: Any) -> str:
    """Return the folder of an entry of STATICFILES_DIRS, which may have a prefix before it."""
    return str(one[1] if isinstance(one, list | tuple) else one)


def _is_inside(path: str, folder: str) -> bool:
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def _on_setting_changed(*, setting: str, **kwargs: object) -> None:
    if setting in {"SMO_KIT", "STORAGES", "MEDIA_ROOT"}:
        private_files.forget()


setting_changed.connect(_on_setting_changed, dispatch_uid="smo_kit.lock.storage")
