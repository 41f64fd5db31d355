"""Links, pictures and recordings inside the site: each target is looked at once, in this process or in its storage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage, default_storage

from smo_kit.core.addresses import joined
from smo_kit.core.audit import Broken, Media, ReadPage, Seen, Where
from smo_kit.core.http import REDIRECTING, Answer, Refused
from smo_kit.core.inside import is_inside, read
from smo_kit.core.markup import Markup
from smo_kit.core.mending import match_of
from smo_kit.core.sayings import gettext as _
from smo_kit.core.scan import candidates
from smo_kit.core.subjects import is_endpoint

MOST: Final = 20_000
"""Targets that one run remembers."""
BYTES: Final = 64
"""So much of a file is read: what it is, its media type says."""
TYPES: Final[dict[Media, tuple[str, ...]]] = {
    "picture": ("image/",),
    "recording": ("video/", "audio/", "application/"),  # the last: Ogg, and lists of pieces
}
"""How media types begin."""
GONE: Final = {404, 410}
SERVER_ERROR: Final = 500


class Links:
    """The targets that pages name, and which of them were looked at."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._known: dict[str, Seen] = {}
        self._media: dict[str, Media] = {}
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
        for media, urls in _files(page.markup):
            for target in {self._inside(page, url) for url in urls} - {""}:
                self._add(target, page, where, media)
        for target in {self._inside(page, one.get("href")) for one in page.markup.anchors} - {""}:
            if target in self._known or not _is_endpoint(target):
                self._add(target, page, where)

    def broken(self) -> Iterator[Broken | None]:
        """Look at each target that is left; yield what is broken, and None for what is well."""
        for path, seen in self._known.items():
            if path in self._done:
                continue
            self.checked += 1
            self.left -= 1
            media = self._media.get(path, "")
            why = _why_broken(path, self._home, media)
            yield Broken(path, why, seen, media) if why else None

    def _add(self, target: str, page: ReadPage, where: Where, media: Media = "") -> None:
        seen = self._known.get(target)
        if seen is None:
            if len(self._known) >= MOST:
                self.forgotten += 1
                return
            seen = self._known[target] = Seen(page.path, where)
            self.left += target not in self._done
        seen.pages += 1
        if media:
            self._media.setdefault(target, media)

    def _inside(self, page: ReadPage, url: str) -> str:
        """Return the target as a path of this site, "" if it is none."""
        if not url or url.startswith("#"):
            return ""
        if url.startswith("/") and not url.startswith("//"):
            return url.partition("#")[0]
        full = joined(f"{self._home}{page.path}", url.strip()).partition("#")[0]
        return full.removeprefix(self._home) or "/" if is_inside(full, self._home) else ""


def _files(markup: Markup) -> Iterator[tuple[Media, list[str]]]:
    """Yield the addresses of files that the browser loads into a page, by what they are taken for."""
    pictures = [one.get("src") for one in markup.pictures]
    pictures += [url for one in (*markup.pictures, *markup.sources) for url in candidates(one.get("srcset"))]
    pictures += [one.get("poster") for one in markup.videos]
    pictures += [markup.metas.get(name, "") for name in ("og:image", "twitter:image")]
    yield "picture", pictures
    yield "recording", [one.get("src") for one in (*markup.videos, *markup.sources) if one.name != "iframe"]


def _is_endpoint(path: str) -> bool:
    match = match_of(path)
    return match is not None and is_endpoint(match)


def _why_broken(path: str, home: str, media: Media) -> str:
    """Return a sentence on what is wrong with a target, "" if nothing is."""
    stored = _stored(path)
    if stored is not None:
        return "" if stored else _("The file is not there.")
    try:
        answer = read(path, home=home, size=BYTES)
    except Refused as error:
        return str(error)
    except Exception as error:  # the site's own code, in the middle of a page that it streams
        return _("It breaks off: %(error)s.") % {"error": repr(error)}
    return _wrong_answer(answer, home, media)


def _wrong_answer(answer: Answer, home: str, media: Media) -> str:
    if answer.status in GONE or answer.status >= SERVER_ERROR:
        return _("It answers %(status)d.") % {"status": answer.status}
    if answer.status in REDIRECTING:
        target = joined(answer.url, answer.headers.get("location", ""))
        return _("It leads in a circle.") if is_inside(target, home) else ""
    if not media:
        return ""
    if answer.status == 200 and not answer.headers.get("content-type", "").startswith(TYPES[media]):
        return _("It is no picture.") if media == "picture" else _("It is no video or sound.")
    return "" if answer.body else _("It is empty.")


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
