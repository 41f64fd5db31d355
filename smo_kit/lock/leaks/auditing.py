"""Looks for what locks hide at every exit: the pages are read, so that locks are known; then all is searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeAlias

from smo_kit.core.exits import all_exits
from smo_kit.core.sayings import gettext as _
from smo_kit.lock.leaks.faces import faces
from smo_kit.lock.leaks.index import Index
from smo_kit.lock.leaks.parts import Part, parts
from smo_kit.lock.leaks.reading import Reading

PAGES: Final = "pages"
WORDS: Final = 30
"""Words of a leak that are shown."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that a lock hides, and that stand where anybody reads them."""

    lock: str
    page: str
    """Of the lock."""
    language: str
    exit: str
    where: str
    """A page's address, or a row."""
    place: str
    """Where in it: ``text``, ``meta description``, ``img alt``."""
    words: str
    cure: str


@dataclass(slots=True)
class Report:
    """What an audit has found."""

    locks: int = 0
    """Hidden parts that were looked for."""
    pages: int = 0
    texts: int = 0
    """Of the other exits."""
    leaks: list[Leak] = field(default_factory=list)
    unopened: list[dict[str, str]] = field(default_factory=list)
    """Locks whose hidden part was not looked for, and why."""
    unread: list[dict[str, str]] = field(default_factory=list)
    """Pages and exits that were not read, or not as a whole, and why."""
    is_complete: bool = True
    """False: there are more addresses than one run reads."""

    def as_json(self) -> dict[str, Any]:
        """Return it as the command prints it."""
        return asdict(self)


@dataclass(slots=True)
class Progress:
    """How far an audit has come; ``report`` is there at the end."""

    done: int = 0
    total: int = 1
    report: Report | None = None


Steps: TypeAlias = Iterator[Progress]


class Audit:
    """One audit under way."""

    def __init__(self, home: str, limit: int | None = None) -> None:
        self._reading = Reading(home, limit)
        self._home = home
        self._report = Report()
        self._index = Index()
        self._parts: list[Part] = []
        self._met: set[tuple[int, str, str, str]] = set()

    def run(self) -> Steps:
        """Audit; the last progress has the report."""
        progress = Progress()
        for _answer in self._reading.first():
            progress.done += 1
            progress.total = 2 * (progress.done + self._reading.left)
            yield progress
        self._collect()
        for answer in self._reading.again():
            self._report.pages += 1
            self._note_unread(answer.path, answer.why)
            self._search(PAGES, answer.path, answer.text, cure_of)
            progress.done += 1
            yield progress
        self._search_exits()
        self._report.is_complete = self._reading.is_complete
        progress.done = progress.total
        progress.report = self._report
        yield progress

    def _collect(self) -> None:
        for part in parts(self._home):
            number = len(self._parts)
            why = part.why
            if not why and not self._index.add(number, part.words):
                why = _("What it hides is too short to be told from other texts.")
            if why:
                about = {"lock": part.lock, "page": part.path, "language": part.language, "source": part.source}
                self._report.unopened.append({**about, "why": why})
            else:
                self._report.locks += 1
            self._parts.append(Part(part.lock, part.path, part.language, part.source))  # its words are in the index

    def _search_exits(self) -> None:
        for one in all_exits():
            try:
                for where, text in one.texts():
                    self._report.texts += 1
                    self._search(one.name, where, text, lambda place, cure=str(one.cure): cure)
            except Exception as error:  # of one app: all others are looked at
                self._note_unread(one.name, _("It breaks off: %(error)s.") % {"error": repr(error)})

    def _search(self, exit_: str, where: str, text: str, cure: Any) -> None:
        for place, words in faces(text):
            for hit in self._index.find(words):
                found = (hit.part, exit_, where, place)
                if found not in self._met:
                    self._met.add(found)
                    part = self._parts[hit.part]
                    said = _shown(words[hit.start : hit.end])
                    about = (part.lock, part.path, part.language, exit_, where, place, said)
                    self._report.leaks.append(Leak(*about, cure=cure(place)))

    def _note_unread(self, what: str, why: str) -> None:
        if why:
            self._report.unread.append({"what": what, "why": why})


def cure_of(place: str) -> str:
    """Return what to do about words at a place of a page."""
    if place.startswith("meta") or "json" in place or place.endswith(" alt"):
        return _("It comes from the page's card or Meta. Give its summary and text only what anybody may read.")
    if "comment" in place or "script" in place:
        return _("Take it out of the comments and data in the page's template.")
    return _("Put it inside of the lock, or have whatever makes this page (view, feed, print view) leave it out.")


def _shown(words: Iterable[str]) -> str:
    every = list(words)
    return " ".join(every[:WORDS]) + (" …" if len(every) > WORDS else "")
