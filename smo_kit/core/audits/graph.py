"""Open Graph complete: what networks show of the page is all there, and right."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy

from smo_kit.core.addresses import is_web_address
from smo_kit.core.audit import Finding, ReadPage, Severity, Verdict, audits
from smo_kit.core.inside import is_inside
from smo_kit.core.mending import view_place, words_place
from smo_kit.core.sayings import gettext as _
from smo_kit.core.text import graphemes

SHORT: Final = 50
"""Graphemes of a description that says too little."""
WIDTH: Final = 600
"""Pixels: a narrower picture is shown small, beside the text."""
REST: Final = ("og:type", "og:site_name", "og:url", "twitter:card")


@audits("graph.title", gettext_lazy("Title for networks"), weight=2)
def title(page: ReadPage) -> Verdict:
    return [] if page.markup.metas.get("og:title") else [_missing(page, "og:title")]


@audits("graph.description", gettext_lazy("Description for networks"), weight=2)
def description(page: ReadPage) -> Verdict:
    text = page.markup.metas.get("og:description", "")
    if not text:
        return [_missing(page, "og:description")]
    length = len(graphemes(text))
    if length >= SHORT:
        return []
    told = _("The description has only %(length)d letters.") % {"length": length}
    return [Finding(text=told, cure=_("Say in one or two sentences why to read it."), where=words_place(page))]


def _is_full(url: str) -> bool:
    return url.startswith(("http://", "https://")) and is_web_address(url)


@audits("graph.picture", gettext_lazy("Picture for networks"), weight=3)
def picture(page: ReadPage) -> Verdict:
    metas = page.markup.metas
    url = metas.get("og:image", "")
    if not url:
        return [_missing(page, "og:image")]
    if not _is_full(url):
        told, cure = _("The picture's address is not full: %(url)s."), _("Begin og:image with https://.")
        return [Finding(text=told % {"url": url[:80]}, cure=cure, where=view_place(page), severity="error")]
    found = []
    width = metas.get("og:image:width", "")
    if width.isdecimal() and int(width[:6]) < WIDTH:
        told = _("The picture is %(width)s pixels wide: networks show it small.") % {"width": width}
        found.append(Finding(text=told, cure=_("Give one of 1200 × 630 pixels."), where=words_place(page)))
    if not metas.get("og:image:alt"):
        told, cure = _("The picture for networks has no alt text."), _("Say in one sentence what it shows.")
        found.append(Finding(text=told, cure=cure, where=words_place(page), severity="info"))
    return found


@audits("graph.rest", gettext_lazy("Kind, site and the tags around them"))
def rest(page: ReadPage) -> Verdict:
    return [_missing(page, name, "warning") for name in REST if not page.markup.metas.get(name)]


@audits("graph.address", gettext_lazy("One address for all shares of the page"), weight=2)
def address(page: ReadPage) -> Verdict:
    found = []
    canonical = [one.get("href") for one in page.markup.linked("canonical")]
    for name, url in (("canonical", next(iter(canonical), "")), ("og:url", page.markup.metas.get("og:url", ""))):
        if not url:
            if name == "canonical":
                told, cure = _("The page does not name its canonical address."), _("The tag smo_head prints it.")
                found.append(Finding(text=told, cure=cure, where=view_place(page)))
        elif is_inside(url, page.home) and urlsplit(url).path != urlsplit(page.path).path:
            told = _("%(name)s names another page: %(url)s.") % {"name": name, "url": urlsplit(url).path}
            cure = _("Correct the card's url: shares of this page count for the other.")
            found.append(Finding(text=told, cure=cure, where=view_place(page)))
    return found


def _missing(page: ReadPage, name: str, severity: Severity = "error") -> Finding:
    return Finding(
        text=_("%(name)s is missing.") % {"name": name},
        cure=_("The tag smo_head in the head of the template prints it from the card."),
        where=words_place(page) if page.markup.metas.get("og:title") and severity == "error" else view_place(page),
        severity=severity,
    )
