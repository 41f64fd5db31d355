"""What is wrong with a preview, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext as _

from smo_kit.core.http import REDIRECTING
from smo_kit.core.text import graphemes
from smo_kit.meta.preview.cutting import Words
from smo_kit.meta.preview.photos import Photo
from smo_kit.networks.previews import Cut, PictureRules

if TYPE_CHECKING:
    from smo_kit.meta.preview.resolving import Page

Level = Literal["wrong", "hint"]
NOWHERE: Final = -1
"""Stands for the byte of a field that was not found in as much of a large page as is looked at."""
USUAL: Final = 1200 / 630
NEAR: Final = 0.25
"""How far a picture's shape may be from the frame before what is cut off is worth a word."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``what`` and ``cure`` are sentences for a person; ``where`` is a field of the page, or a file."""

    id: str
    level: Level
    where: str
    what: str
    cure: str


def wrong(id: str, where: str, what: str, cure: str) -> Fault:
    """Return a fault that spoils the preview."""
    return Fault(id, "wrong", where, what, cure)


def hint(id: str, where: str, what: str, cure: str) -> Fault:
    """Return a fault that one can live with."""
    return Fault(id, "hint", where, what, cure)


def of_answer(page: Page) -> Iterator[Fault]:
    """Yield what is wrong with the way to the page and its answer."""
    if page.refused:
        yield wrong("refused", page.url, page.refused, page.cure or _("Give an address that answers."))
    elif page.status in REDIRECTING:
        yield _of_redirect(page)
    elif page.status != 200:
        what = _("The page answers %(status)d, not 200.") % {"status": page.status}
        yield wrong("status", page.url, what, _("Let it answer 200 to everybody, signed in or not."))
    elif not page.is_html:
        what = _("The page is %(type)s, not HTML.") % {"type": page.content_type or "?"}
        yield wrong("no-html", page.url, what, _("Set its Content-Type to text/html."))
    elif page.way:
        what = _("The address leads on to %(url)s, and that page is shown.") % {"url": page.url}
        yield hint("redirects", page.way[0], what, _("Give away the last address."))


def _of_redirect(page: Page) -> Fault:
    if not page.leads_to:
        what = _("The page answers %(status)d, but names no address to go to.") % {"status": page.status}
        return wrong("status", page.url, what, _("Let it name one in Location, or answer 200 with the page."))
    if page.leads_to in (*page.way, page.url):
        what = _("The address redirects in a circle: %(way)s.") % {"way": " → ".join([*page.way, page.url])}
        return wrong("redirect-loop", page.url, what, _("Let the last address answer with the page."))
    if page.leads_out:
        what = _("The address leads out of the site, to %(url)s.") % {"url": page.leads_to}
        return wrong("leads-out", page.url, what, _("Preview that address there, or with --remote."))
    what = _("There are more than %(n)d redirects.") % {"n": len(page.way)}
    return wrong("redirect-loop", page.url, what, _("Link to the last address."))


def of_robots(name: str) -> Fault:
    """Return the fault of a crawler that robots.txt keeps out."""
    what = _("robots.txt forbids this page to %(name)s, so there is no preview.") % {"name": name}
    cure = _("Allow it: “User-agent: %(name)s”, “Allow: /”.") % {"name": name}
    return wrong("robots", "robots.txt", what, cure)


def of_bytes(reads: int, at: int, field: str) -> Fault:
    """Return the fault of tags that begin beyond what the crawler reads, at a byte or NOWHERE that was looked at."""
    if at == NOWHERE:
        what = _("The page is so large that no %(field)s was found; only its first %(reads)d bytes are read.")
    else:
        what = _("%(field)s stands at byte %(at)d, but only the first %(reads)d bytes are read.")
    cure = _("Put it at the beginning of <head>, before styles and scripts.")
    return wrong("beyond", field, what % {"field": field, "at": at, "reads": reads}, cure)


def of_words(words: Words, name: str, first: str, cut: Cut) -> Iterator[Fault]:
    """Yield what is wrong with a title or a description; ``first`` is the field that it should come from."""
    if not words.shown:
        what = {"title": _("There is no title."), "description": _("There is no description.")}[name]
        level = wrong if name == "title" else hint
        yield level(f"no-{name}", first, what, _("Write %(field)s.") % {"field": first})
        return
    if words.is_cut:
        length = len(graphemes(words.shown)) - 1
        end = words.shown[-25:].partition(" ")[2] or words.shown[-25:]
        what = {
            "title": _("The title is cut after %(n)d letters, at “%(end)s”."),
            "description": _("The description is cut after %(n)d letters, at “%(end)s”."),
        }[name]
        cure = _("Say what matters in the first %(n)d letters.") % {"n": length}
        yield hint(f"{name}-cut", words.field, what % {"n": length, "end": end}, cure)


def of_photo(photo: Photo, rules: PictureRules, field: str) -> Iterator[Fault]:
    """Yield what keeps a picture from being shown."""
    again = _("Give a JPEG of 1200 × 630 pixels.")
    if photo.state == "not found":
        yield wrong("picture-not-found", field, _("The picture is not there: %(url)s.") % {"url": photo.url}, again)
    elif photo.state == "vector":
        yield wrong("picture-format", field, _("The picture is an SVG, which no network shows."), again)
    elif photo.state == "broken":
        yield wrong("picture-broken", field, _("The file is no picture, or broken."), _("Upload it again."))
    elif photo.state == "too many pixels":
        yield wrong("picture-pixels", field, _("The picture has too many pixels to be looked at."), again)
    elif photo.state == "seen":
        yield from _of_seen(photo, rules, field, again)


def _of_seen(photo: Photo, rules: PictureRules, field: str, again: str) -> Iterator[Fault]:
    if photo.format not in rules.formats:
        what = _("The picture is %(format)s; shown are %(formats)s.")
        names = ", ".join(rules.formats)
        yield wrong("picture-format", field, what % {"format": photo.format, "formats": names}, again)
    if photo.weight > rules.weight:
        what = _("The picture weighs %(weight)d kB; not more than %(most)d are taken.")
        figures = {"weight": round(photo.weight / 1000), "most": rules.weight // 1000}
        cure = _("Save it as a JPEG of less than %(most)d kB.") % figures
        yield wrong("picture-heavy", field, what % figures, cure)
    if photo.width < rules.smallest[0] or photo.height < rules.smallest[1]:
        what = _("The picture has %(width)d × %(height)d pixels; smaller than %(w)d × %(h)d is not shown.")
        w, h = rules.smallest
        yield wrong(
            "picture-small", field, what % {"width": photo.width, "height": photo.height, "w": w, "h": h}, again
        )
    if rules.widest and photo.ratio > rules.widest:
        what = _("The picture is more than %(n)d times as wide as high, so it is not shown.") % {"n": rules.widest}
        yield wrong("picture-shape", field, what, again)


def of_look(photo: Photo, rules: PictureRules, field: str, *, large: bool, asked: bool) -> Iterator[Fault]:
    """Yield what could be better in a picture that is shown; ``asked``: the page asks for a large one."""
    if photo.moves:
        yield hint("picture-moves", field, _("The picture moves; only its first frame is sure to be seen."), "")
    if not photo.width:
        return
    if not large and rules.large_card and not asked:
        cure = _("Set it to summary_large_image.")
        yield hint("small", "twitter:card", _("The picture is only a thumbnail: twitter:card asks for no more."), cure)
    elif not large and rules.large_when_wide:
        yield hint("small", field, _("The picture is only a thumbnail: it is not wider than high."), _again())
    elif not large:
        what = _("The picture is only a thumbnail: it has %(width)d × %(height)d pixels, under %(w)d × %(h)d.")
        w, h = rules.large
        yield hint("small", field, what % {"width": photo.width, "height": photo.height, "w": w, "h": h}, _again())
    elif not rules.large_when_wide and not _fits(photo.ratio, rules.ratio):
        kept = min(photo.ratio / rules.ratio, rules.ratio / photo.ratio)
        what = _("Only %(n)d %% of the picture is seen: it is cut to %(ratio)s : 1.")
        cure = _("Give one of 1200 × 630 pixels, with what matters in the middle.")
        yield hint("picture-shape", field, what % {"n": round(kept * 100), "ratio": f"{rules.ratio:.2f}"}, cure)


def _fits(ratio: float, wanted: float) -> bool:
    """Say whether a picture is seen nearly whole, or has the form in which it is right nearly everywhere."""
    return min(abs(ratio - wanted), abs(ratio - USUAL)) <= NEAR


def _again() -> str:
    return _("Give a JPEG of 1200 × 630 pixels.")
