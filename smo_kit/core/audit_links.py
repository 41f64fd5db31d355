"""Links and pictures inside the site: each target is looked at once, in this process or in its storage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage, default_storage
from django.utils.translation import gettext as _

from smo_kit.core.addresses import joined
from smo_kit.core.audit import Broken, ReadPage, Seen, Where
from smo_kit.core.http import REDIRECTING, Answer, Refused
from smo_kit.core.inside import is_inside, read
from smo_kit.core.mending import match_of
from smo_kit.core.subjects import is_endpoint

MOST: Final = 20_000
"""Targets that one run remembers."""
PICTURE_BYTES: Final = 64
"""So much of a picture is read: whether it is one, its media type says."""
GONE: Final = {404, 410}
SERVER_ERROR: Final = 500


class Links:
    """The targets that pages name, and which of them were looked at."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._known: dict[str, Seen] = {}
        self._pictures: set[str] = set()
        self._done: set[str] = set()
        self.left = 0
        """How many targets are still to be looked at."""
        self.checked = 0
        self.forgotten = 0
        """Targets beyond what a run remembers."""

    def note(self, page: ReadPage, where: Where) -> None:
        """Remember what a page names; the page itself needs no second look."""
        if page.path not in self._done:
            self._done.add(page.path)
            self.left -= page.path in self._known
        markup = page.markup
        pictures = [one.get("src") for one in markup.pictures]
        pictures += [markup.metas[name] for name in ("og:image", "twitter:image") if markup.metas.get(name)]
        for target in {self._inside(page, url) for url in pictures} - {""}:
            self._add(target, page, where, is_picture=True)
        for target in {self._inside(page, one.get("href")) for one in markup.anchors} - {""}:
            if target in self._known or not _is_endpoint(target):
                self._add(target, page, where, is_picture=False)

    def broken(self) -> Iterator[Broken | None]:
        """Look at each target that is left; yield what is broken, and None for what is well."""
        for path, seen in self._known.items():
            if path in self._done:
                continue
            self.checked += 1
            self.left -= 1
            is_picture = path in self._pictures
            why = _why_broken(path, self._home, is_picture=is_picture)
            yield Broken(path, why, seen, is_picture) if why else None

    def _add(self, target: str, page: ReadPage, where: Where, *, is_picture: bool) -> None:
        seen = self._known.get(target)
        if seen is None:
            if len(self._known) >= MOST:
                self.forgotten += 1
                return
            seen = self._known[target] = Seen(page.path, where)
            self.left += target not in self._done
        seen.pages += 1
        if is_picture:
            self._pictures.add(target)

    def _inside(self, page: ReadPage, url: str) -> str:
        """Return the target as a path of this site, "" if it is none."""
        if not url or url.startswith("#"):
            return ""
        if url.startswith("/") and not url.startswith("//"):
            return url.partition("#")[0]
        full = joined(f"{self._home}{page.path}", url.strip()).partition("#")[0]
        return full.removeprefix(self._home) or "/" if is_inside(full, self._home) else ""


def _is_endpoint(path: str) -> bool:
    match = match_of(path)
    return match is not None and is_endpoint(match)


def _why_broken(path: str, home: str, *, is_picture: bool) -> str:
    """Return a sentence on what is wrong with a target, "" if nothing is."""
    stored = _stored(path)
    if stored is not None:
        return "" if stored else _("The file is not there.")
    try:
        answer = read(path, home=home, size=PICTURE_BYTES)
    except Refused as error:
        return str(error)
    except Exception as error:  # the site's own code, in the middle of a page that it streams
        return _("It breaks off: %(error)s.") % {"error": repr(error)}
    return _wrong_answer(answer, home, is_picture=is_picture)


def _wrong_answer(answer: Answer, home: str, *, is_picture: bool) -> str:
    if answer.status in GONE or answer.status >= SERVER_ERROR:
        return _("It answers %(status)d.") % {"status": answer.status}
    if answer.status in REDIRECTING:
        target = joined(answer.url, answer.headers.get("location", ""))
        return _("It leads in a circle.") if is_inside(target, home) else ""
    if is_picture and answer.status == 200 and not answer.headers.get("content-type", "").startswith("image/"):
        return _("It is no picture.")
    return _("It is empty.") if is_picture and not answer.body else ""


def _stored(path: str) -> bool | None:
    """Say whether a static or uploaded file is there; None for what is neither: web servers serve these, not we."""
    name = unquote(urlsplit(path).path)
    for prefix, look in ((settings.STATIC_URL, _has_static), (settings.MEDIA_URL, _has_media)):
        if prefix and prefix.startswith("/") and prefix != "/" and name.startswith(prefix):
            return look(name.removeprefix(prefix))
    return None


def _has_static(name: str) -> bool:
    try:
        return bool(finders.find(name)) or _exists(staticfiles_storage, name)
    except Exception:  # a name that leads out of the folder
        return False


def _has_media(name: str) -> bool:
    return _exists(default_storage, name)


def _exists(storage: Storage, name: str) -> bool:
    try:
        return bool(storage.exists(name))
    except Exception:  # each storage says in its own way that a name is none, or that it can't be reached
        return False
