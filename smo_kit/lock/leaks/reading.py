"""The site's pages as a stranger reads them: every public page, and what it links to within the site."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from django.conf import settings
from django.shortcuts import resolve_url

from smo_kit.core.addresses import joined
from smo_kit.core.auditing import public_pages
from smo_kit.core.encodings import decoded
from smo_kit.core.http import Refused
from smo_kit.core.inside import is_inside, read
from smo_kit.core.markup import read_markup
from smo_kit.core.mending import match_of
from smo_kit.core.sayings import gettext as _
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import is_endpoint
from smo_kit.lock.models import Spot

SIZE: Final = 4_000_000
"""Bytes that are read of a page."""
MOST: Final = 20_000
"""Addresses that one run reads."""
DEEPEST: Final = 3
"""Links from a public page to one that only links lead to."""
QUERIES: Final = 20
"""Addresses that differ in their query alone: a calendar has no end."""
STARTS: Final = ("/", "/robots.txt", "/sitemap.xml")
SERVER_ERROR: Final = 500
OURS: Final = frozenset({"smo_lock:show"})
"""Of the suite's own addresses those that are read too: they say themselves who may see what."""

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a stranger gets at an address; ``why`` says why it is not all, "" if it is."""

    path: str
    text: str = ""
    is_html: bool = False
    why: str = ""


@dataclass(slots=True)
class Reading:
    """The addresses of a site, found from each other."""

    home: str
    limit: int | None = None
    """How many public pages are read, the newest first; None: all."""
    left: int = 0
    """Addresses that are known and not yet read."""
    is_complete: bool = True
    _seen: dict[str, None] = field(default_factory=dict)
    _queries: Counter[str] = field(default_factory=Counter)

    def first(self) -> Iterator[ReadText]:
        """Read the site, and find its addresses on the way."""
        waiting: deque[tuple[str, int]] = deque()
        for url in self._starts():
            self._note(url, 0, waiting)
        while waiting:
            path, depth = waiting.popleft()
            self.left = len(waiting)
            answer = self._read(path)
            yield answer
            for url in _links(answer) if depth < DEEPEST else ():
                self._note(joined(f"{self.home}{path}", url), depth + 1, waiting)

    def again(self) -> Iterator[ReadText]:
        """Read the addresses that were found once more."""
        self.left = len(self._seen)
        for path in self._seen:
            self.left -= 1
            yield self._read(path)

    def _starts(self) -> Iterator[str]:
        yield from STARTS
        for target in public_pages(self.limit):
            yield target.url
        yield from Spot.objects.filter(lock__site_id=site_id()).values_list("path", flat=True).distinct()

    def _note(self, url: str, depth: int, waiting: deque[tuple[str, int]]) -> None:
        full = joined(f"{self.home}/", url).partition("#")[0]
        path = full.removeprefix(self.home) or "/"
        if not is_inside(full, self.home) or path in self._seen or _is_left_out(path):
            return
        bare, _sign, query = path.partition("?")
        self._queries[bare] += bool(query)
        if self._queries[bare] > QUERIES or len(self._seen) >= MOST:
            self.is_complete = False
            return
        self._seen[path] = None
        waiting.append((path, depth))

    def _read(self, path: str) -> ReadText:
        try:
            answer = read(path, home=self.home, size=SIZE)
        except Refused as error:
            return ReadText(path, why=str(error))
        except Exception as error:  # the site's own code, in the middle of a page that it streams
            return ReadText(path, why=_("It breaks off: %(error)s.") % {"error": repr(error)})
        if answer.status >= SERVER_ERROR:
            return ReadText(path, why=_("It answers %(status)d.") % {"status": answer.status})
        kind = answer.headers.get("content-type", "")
        if not _is_text(kind):
            return ReadText(path)
        why = _("It is too long to be read as a whole.") if answer.cut else ""
        text = decoded(answer.body, kind)
        return ReadText(path, text, "html" in kind and "xhtml+xml" not in kind, why)


def _is_text(content_type: str) -> bool:
    return content_type.startswith("text/") or any(word in content_type for word in ("json", "xml", "javascript"))


def _is_left_out(path: str) -> bool:
    """Say whether an address is no page: a file, the admin, a form of the suite, the way in."""
    bare = path.partition("?")[0]
    files = [one for one in (settings.STATIC_URL, settings.MEDIA_URL) if one and one.startswith("/") and one != "/"]
    if bare.startswith(tuple(files)) or bare == resolve_url(settings.LOGIN_URL):
        return True
    match = match_of(path)
    return match is not None and is_endpoint(match) and match.view_name not in OURS


def _links(answer: ReadText) -> Iterator[str]:
    """Yield the addresses that a page, a feed, a sitemap or robots.txt names."""
    if answer.is_html:
        markup = read_markup(answer.text)
        yield from (one.get("href") for one in (*markup.anchors, *markup.links) if one.get("href"))
    elif answer.text:
        yield from (unescape(one) for one in _ADDRESS.findall(answer.text))
