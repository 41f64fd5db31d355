"""What one network makes of a page: its title, description and picture, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from smo_kit.core.addresses import joined, scheme_of
from smo_kit.meta.preview import faults
from smo_kit.meta.preview.cutting import Words, cut_words
from smo_kit.meta.preview.faults import Fault
from smo_kit.meta.preview.photos import Album, Photo
from smo_kit.meta.preview.reading import Reading
from smo_kit.networks.network import Network
from smo_kit.networks.previews import Cut, PreviewRules

LARGE_CARD: Final = "summary_large_image"
HOST: Final = "host"
NO_WORDS: Final = Words()
Size = Literal["large", "small", "none"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a crawler got when it asked for a page."""

    url: str
    """The last address of the way."""
    reading: Reading = field(default_factory=Reading)
    status: int = 200
    content_type: str = "text/html"
    way: tuple[str, ...] = ()
    leads_to: str = ""
    leads_out: bool = False
    robots: bool = True
    """Whether robots.txt lets this crawler in."""
    beyond: tuple[tuple[str, int], ...] = ()
    """Fields, and the byte where they stand (or NOWHERE), that come after what it reads."""
    refused: str = ""
    """Why the page could not be asked for."""
    cure: str = ""
    """What helps then; "": another address."""

    @property
    def is_html(self) -> bool:
        """Whether it says that it is HTML, or nothing of what it is."""
        return "html" in self.content_type.lower() or not self.content_type

    @property
    def host(self) -> str:
        """The host as people read it."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a network shows a page."""

    network: Network
    rules: PreviewRules
    page: Page
    title: Words = NO_WORDS
    description: Words = NO_WORDS
    site: str = ""
    host: str = ""
    author: str = ""
    language: str = ""
    """Of the page, as its ``<html>`` says."""
    colour: str = ""
    """The page's ``theme-color``, if it is ``#rgb`` or ``#rrggbb``."""
    photo: Photo | None = None
    photo_field: str = ""
    photo_alt: str = ""
    size: Size = "none"
    faults: tuple[Fault, ...] = ()
    is_bare: bool = False
    """True: there is no preview, only the link."""

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """The faults that spoil it."""
        return tuple(one for one in self.faults if one.level == "wrong")

    @property
    def hints(self) -> tuple[Fault, ...]:
        """The faults that one can live with."""
        return tuple(one for one in self.faults if one.level == "hint")

    def as_data(self) -> dict[str, Any]:
        """Return it as ``--json`` says it."""
        photo = self.photo
        picture = photo and {
            "url": photo.url,
            "field": self.photo_field,
            "size": self.size,
            "state": photo.state,
            **{name: getattr(photo, name) for name in ("width", "height", "format", "weight")},
        }
        return {
            "network": self.network.id,
            "name": str(self.network.name),
            "as_of": self.rules.as_of.isoformat(),
            "agent": self.rules.agent,
            "url": self.page.url,
            "status": self.page.status,
            "preview": not self.is_bare,
            "title": _data(self.title),
            "description": _data(self.description),
            "site": self.site,
            "author": self.author,
            "picture": picture,
            "faults": [
                {name: getattr(one, name) for name in ("id", "level", "where", "what", "cure")} for one in self.faults
            ],
        }


def _data(words: Words) -> dict[str, str]:
    return {"shown": words.shown, "rest": words.rest, "field": words.field}


def resolve(network: Network, page: Page, album: Album) -> Preview:
    """Return how a network shows a page. The network must have ``preview``."""
    rules = network.preview
    if rules is None:
        raise ValueError(f"{network.id} has no preview.")
    known = tuple(faults.of_answer(page))
    if rules.robots and not page.robots:
        known = (*known, faults.of_robots(rules.robots))
    if any(one.level == "wrong" for one in known):
        return Preview(network=network, rules=rules, page=page, host=page.host, faults=known, is_bare=True)
    beyond = tuple(faults.of_bytes(rules.reads, at, name) for name, at in page.beyond)
    return _resolved(network, rules, page, album, (*known, *beyond))


def _resolved(network: Network, rules: PreviewRules, page: Page, album: Album, known: tuple[Fault, ...]) -> Preview:
    reading = page.reading
    found: list[Fault] = list(known)
    photo, photo_field = _photo(rules, page, album, found)
    asked = reading.first("twitter:card").lower() == LARGE_CARD
    size: Size = "none" if photo is None else "large" if _is_large(photo, rules, reading, asked=asked) else "small"
    if photo is not None:
        found += faults.of_look(photo, rules.pictures, photo_field, large=size == "large", asked=asked)
    title_text, title_field = chosen(rules.title, page)
    title = cut_words(title_text, _beside(rules.title_cut, rules, size), title_field)
    found += faults.of_words(title, "title", rules.title[0], rules.title_cut)
    site = chosen(rules.site, page)[0]
    description = _description(rules, page, title, size, bool(site), found)
    found += _of_canonical(rules, page)
    return Preview(
        network=network,
        rules=rules,
        page=page,
        title=title,
        description=description,
        site=site,
        host=page.host,
        author=chosen(rules.author, page)[0],
        language=reading.first("lang"),
        colour=_colour(reading.first("theme-color")),
        photo=photo,
        photo_field=photo_field,
        photo_alt=reading.first("og:image:alt"),
        size=size,
        faults=tuple(found),
        is_bare=_is_bare(rules, page, title),
    )


def chosen(names: tuple[str, ...], page: Page) -> tuple[str, str]:
    """Return the first of the fields that says something, and its name; twice "" if none does."""
    for name in names:
        value = page.host if name == HOST else page.reading.first(name)
        if value:
            return value, name
    return "", ""


def _is_bare(rules: PreviewRules, page: Page, title: Words) -> bool:
    return not chosen(rules.needs or (*rules.title, *rules.picture), page)[0] or (not title.shown and not rules.needs)


def _photo(rules: PreviewRules, page: Page, album: Album, found: list[Fault]) -> tuple[Photo | None, str]:
    """Return the picture that is shown: the first whose file the network takes, of the first field that names one."""
    value, name = chosen(rules.picture, page)
    if not value:
        what = _("There is no picture.")
        cure = _("Name one in og:image: a JPEG of 1200 × 630 pixels.")
        found.append(faults.wrong("no-picture", rules.picture[0], what, cure))
        return None, ""
    photo = album.photo(joined(page.url, value))
    amiss = list(faults.of_photo(photo, rules.pictures, name))
    if photo.url.startswith("http://") and page.url.startswith("https://"):
        what = _("The picture has an http address in a page of https; some networks leave it out.")
        amiss.append(faults.hint("mixed", name, what, _("Give its https address.")))
    if not scheme_of(value):
        what = _("The picture's address is not full: %(url)s.") % {"url": value}
        amiss.append(faults.hint("relative", name, what, _("Begin it with https://.")))
    found += amiss
    return (None, name) if any(one.level == "wrong" for one in amiss) else (photo, name)


def _is_large(photo: Photo, rules: PreviewRules, reading: Reading, *, asked: bool) -> bool:
    wanted = rules.pictures
    if wanted.large_card and not asked:
        return False
    width, height = photo.width or _number(reading, "width"), photo.height or _number(reading, "height")
    if not width or not height:
        return True  # not looked at, and the page says nothing: what most pictures are
    if wanted.large_when_wide:
        return width > height
    return width >= wanted.large[0] and height >= wanted.large[1]


def _number(reading: Reading, side: str) -> int:
    said = reading.first(f"og:image:{side}")
    return int(said[:6]) if said.isascii() and said.isdecimal() else 0


def _description(
    rules: PreviewRules, page: Page, title: Words, size: Size, has_site: bool, found: list[Fault]
) -> Words:
    if not rules.description:
        return NO_WORDS
    text, name = chosen(rules.description, page)
    cut = rules.description_cut_large if size == "large" and rules.description_cut_large else rules.description_cut
    cut = _beside(cut, rules, size)
    room = rules.lines - title.lines - has_site if rules.lines else None
    words = cut_words(text, cut, name, lines=room)
    if not _shows_description(rules, title, size):
        return NO_WORDS
    found += faults.of_words(words, "description", rules.description[0], cut)
    return words


def _beside(cut: Cut, rules: PreviewRules, size: Size) -> Cut:
    """Return a cut with the shorter lines that stand beside a thumbnail."""
    return replace(cut, columns=int(cut.columns * rules.pictures.beside)) if size == "small" else cut


def _shows_description(rules: PreviewRules, title: Words, size: Size) -> bool:
    if rules.description_when == "small":
        return size != "large"
    return rules.description_when == "always" or title.lines <= 1


def _of_canonical(rules: PreviewRules, page: Page) -> Iterator[Fault]:
    said = page.reading.first("og:url")
    if rules.canonical and said and joined(page.url, said).rstrip("/") != page.url.partition("#")[0].rstrip("/"):
        what = _("og:url names another page, %(url)s, and that one is shown.") % {"url": said}
        yield faults.hint("canonical", "og:url", what, _("Let og:url be the page's own address."))


def _colour(said: str) -> str:
    right = said.startswith("#") and len(said) in {4, 7} and all(one in "0123456789abcdefABCDEF" for one in said[1:])
    return said.lower() if right else ""
