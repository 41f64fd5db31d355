"""What stands in a page of HTML, for those who judge pages: read once, whatever state the markup is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import regex

from smo_kit.core.scan import pieces

ASIDE: Final = {"nav", "aside", "header", "footer", "form", "dialog"}
"""What stands beside the text."""
OWN: Final = {"header", "footer"}
"""Inside of main or an article these belong to it."""
MAIN: Final = {"main", "article"}
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
SILENT: Final = {"script", "style", "template", "noscript", "svg", "select", "button", "textarea"}
RUNS: Final = {"li", "dd", "dt", "td", "th", "figcaption", "pre", "summary", "caption", "address"}
"""Blocks whose text is no paragraph."""
BLOCKS: Final = {
    "p",
    "div",
    "section",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "tr",
    "figure",
    "hr",
    "details",
    "body",
}
DEEPEST: Final = 50
"""Elements within each other that are told apart; a page of people has no more."""
VIDEOS: Final = {"video", "iframe"}

_WORD: Final = regex.compile(r"[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*")
_LETTERS_ONLY: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def count_words(text: str) -> int:
    """Return the number of words; where a script has no spaces, two letters are taken for one."""
    dense = len(_LETTERS_ONLY.findall(text)) if not text.isascii() else 0
    return len(_WORD.findall(_LETTERS_ONLY.sub(" ", text) if dense else text)) + dense // 2


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with its attributes, by lower-case name. ``is_text`` says that it stands in the text, not beside it."""

    name: str
    attributes: dict[str, str]
    is_text: bool = False
    has_no: frozenset[str] = frozenset()
    """Of the attributes that matter, those that are not there at all."""

    def get(self, name: str) -> str:
        """Return an attribute, "" if there is none."""
        return self.attributes.get(name, "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of the page's own text. ``level`` is that of a heading, 0 for a paragraph, -1 for an item or a cell."""

    level: int
    text: str
    words: int


@dataclass(slots=True)
class Markup:
    """What was found in a page."""

    language: str = ""
    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    """First content of each meta tag, by its lower-case property or name."""
    links: list[Tag] = field(default_factory=list)
    anchors: list[Tag] = field(default_factory=list)
    pictures: list[Tag] = field(default_factory=list)
    videos: list[Tag] = field(default_factory=list)
    sources: list[Tag] = field(default_factory=list)
    """``source`` and ``audio``: other files of a picture, files of a recording."""
    scripts: list[Tag] = field(default_factory=list)
    fields: list[Tag] = field(default_factory=list)
    """Inputs and text areas."""
    passages: list[Passage] = field(default_factory=list)
    lists: int = 0
    """Lists, tables and quotations in the text."""
    classes: set[str] = field(default_factory=set)
    """Those of the suite: they start with ``smo-``."""

    @property
    def words(self) -> int:
        """How many words the text has."""
        return sum(one.words for one in self.passages if one.level <= 0)

    @property
    def headings(self) -> list[Passage]:
        """The headings of the text, in their order."""
        return [one for one in self.passages if one.level > 0]

    def linked(self, rel: str) -> list[Tag]:
        """Return the ``<link>`` tags of a relation."""
        return [one for one in self.links if rel in one.get("rel").lower().split()]

    @property
    def is_hidden(self) -> bool:
        """Whether the page asks robots to leave it out."""
        return "noindex" in self.metas.get("robots", "").lower()


def read_markup(html: str) -> Markup:
    """Return what stands in a page. Broken markup is read as a browser would, more or less."""
    reader = _Reader()
    for kind, word, attributes in pieces(html):
        if kind == "text":
            reader.hear(word)
        elif kind == "start":
            reader.enter(word, attributes or {})
        else:
            reader.leave(word)
    reader.flush()
    return reader.found()


class _Reader:
    """One pass; open elements are known only where they matter, so that a missing end tag spoils little."""

    def __init__(self) -> None:
        self._markup = Markup()
        self._beside: list[Passage] = []
        self._open: list[str] = []
        self._run: list[str] = []
        self._level = 0
        self._silent = ""
        self._in_title = False
        self._title: list[str] = []
        self._has_main = False
        self._aside = False
        self._in_main = False
        markup = self._markup
        self._shelves = {"link": markup.links, "a": markup.anchors, "img": markup.pictures, "script": markup.scripts}
        self._shelves |= dict.fromkeys(VIDEOS, markup.videos) | dict.fromkeys(("input", "textarea"), markup.fields)
        self._shelves |= dict.fromkeys(("source", "audio"), markup.sources)

    def found(self) -> Markup:
        """Return it; the text is what stands in main or article, or everything where there is neither."""
        self._markup.title = " ".join("".join(self._title).split())
        if not self._has_main:
            self._markup.passages = self._beside
        return self._markup

    def enter(self, tag: str, given: dict[str, str]) -> None:
        if self._silent:
            return
        self._note_element(tag, given)
        if tag in SILENT:
            self._silent = tag
        elif tag == "title" and not self._title:
            self._in_title = True
        elif tag == "br":
            self._break()
        elif tag in HEADINGS or tag in RUNS or tag in BLOCKS or tag in MAIN or tag in ASIDE:
            self.flush()
            self._level = HEADINGS.get(tag, -1 if tag in RUNS else 0)
            if (tag in MAIN or tag in ASIDE) and len(self._open) < DEEPEST:
                self._open.append(tag)
                self._look_around()

    def leave(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent:
                self._silent = ""
            return
        if tag == "title":
            self._in_title = False
        elif tag in HEADINGS or tag in RUNS or tag in BLOCKS or tag in MAIN or tag in ASIDE:
            self.flush()
            self._level = 0
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
                self._look_around()

    def hear(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif not self._silent:
            self._run.append(data)

    def flush(self) -> None:
        """End the passage under way."""
        text = " ".join("".join(self._run).split())
        self._run.clear()
        if not text or self._aside:
            return
        passage = Passage(self._level, text, count_words(text))
        self._beside.append(passage)
        if self._is_text():
            self._markup.passages.append(passage)

    def _break(self) -> None:
        """Two line breaks in a row end a paragraph; one is a space."""
        if self._run and self._run[-1] == "\n":
            level = self._level
            self.flush()
            self._level = level
        self._run.append("\n")

    def _look_around(self) -> None:
        """Work out where what follows stands."""
        mains = [place for place, one in enumerate(self._open) if one in MAIN]
        self._in_main = bool(mains)
        self._has_main |= self._in_main
        inside = self._open[mains[0] :] if mains else ()
        self._aside = any(one in ASIDE - OWN for one in inside) if mains else bool(self._open)

    def _is_text(self) -> bool:
        return self._in_main and not self._aside

    def _note_element(self, tag: str, given: dict[str, str]) -> None:
        markup = self._markup
        own = [one for one in given.get("class", "").split() if one.startswith("smo-")]
        markup.classes.update(own)
        if tag == "html":
            markup.language = given.get("lang", "")
        elif tag == "meta":
            name = (given.get("property") or given.get("name", "")).lower()
            markup.metas.setdefault(name, given.get("content", ""))
        elif tag in {"ul", "ol", "dl", "table", "blockquote"} and not own and self._is_text():
            markup.lists += 1
        else:
            self._note_tag(tag, given)

    def _note_tag(self, tag: str, given: dict[str, str]) -> None:
        shelf = self._shelves.get(tag)
        if shelf is not None:
            is_text = not self._aside if not self._has_main else self._is_text()
            missing = frozenset({"alt", "width", "height"} - given.keys())
            shelf.append(Tag(tag, given, is_text, missing))
