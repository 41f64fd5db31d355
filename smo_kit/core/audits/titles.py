"""A title that says something."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from smo_kit.core.addresses import site_name
from smo_kit.core.audit import Finding, ReadPage, ReadSite, Severity, Verdict, audits, audits_site
from smo_kit.core.markup import count_words
from smo_kit.core.mending import view_place, words_place
from smo_kit.core.sayings import gettext as _
from smo_kit.core.text import cut, graphemes

LONG: Final = 90
"""Graphemes: the most that a network shows of a title."""
SHORT: Final = 15
FEW: Final = 3
"""Words."""
SHOUTED: Final = 0.7
"""Part of the letters that are capitals."""
SHOWN: Final = 5
"""Titles that are named, at the most."""
EMPTY: Final = {
    *("home", "homepage", "home page", "main", "index", "page", "untitled", "new page", "welcome", "blog", "news"),
    *("article", "post", "document", "test", "title", "главная", "главная страница", "без названия", "без имени"),
    *("новая страница", "страница", "добро пожаловать", "блог", "новости", "статья", "новость", "запись", "документ"),
    *("тест", "заголовок"),
}
"""Titles that say nothing, in English and in Russian."""


def shared_title(page: ReadPage) -> str:
    """Return the title that networks show: without the site's name, which stands beside it."""
    metas = page.markup.metas
    return " ".join((metas.get("og:title") or metas.get("twitter:title") or page.markup.title).split())


@audits("title.there", gettext_lazy("The page has a title"), weight=3)
def there(page: ReadPage) -> Verdict:
    if page.markup.title and shared_title(page):
        return []
    cure = _("Give the page a title; the tag smo_head prints it.")
    return [Finding(text=_("The page has no title."), cure=cure, where=words_place(page), severity="error")]


@audits("title.says", gettext_lazy("The title says what the page is about"), weight=3)
def says(page: ReadPage) -> Verdict:
    title = shared_title(page)
    if not title:
        return None
    if title.casefold().strip(" .!") in EMPTY or (page.is_article and title == site_name()):
        severity: Severity = "error"
        text = _("The title “%(title)s” says nothing of the page.")
    elif page.is_article and count_words(title) < FEW and len(graphemes(title)) < SHORT:
        severity = "warning"
        text = _("The title “%(title)s” is too short to tell what the page is about.")
    else:
        return []
    cure = _("Say in five to twelve words what a reader finds here.")
    return [_finding(page, text % {"title": title}, cure, severity)]


@audits("title.fits", gettext_lazy("Networks show the whole title"))
def fits(page: ReadPage) -> Verdict:
    title = shared_title(page)
    length = len(graphemes(title))
    if not title:
        return None
    if length <= LONG and not title.endswith(("…", "...")):
        return []
    text = _("The title is cut: networks show %(most)d letters of it.") % {"most": LONG}
    return [_finding(page, text, _("Shorten it, or give the page a shorter one for networks."))]


@audits("title.calm", gettext_lazy("The title does not shout"))
def calm(page: ReadPage) -> Verdict:
    title = shared_title(page)
    letters = [letter for letter in title if letter.upper() != letter.lower()]
    if not title:
        return None
    capitals = sum(letter.isupper() for letter in letters)
    shouts = len(letters) >= SHORT and capitals / len(letters) > SHOUTED
    if not shouts and "!!" not in title:
        return []
    cure = _("Write it as a sentence: networks show less of what shouts.")
    return [_finding(page, _("The title shouts: “%(title)s”.") % {"title": cut(title, 60)}, cure)]


@audits_site("title.unique", gettext_lazy("No two pages have the same title"))
def unique(site: ReadSite) -> Verdict:
    found = [(title, seen) for (_language, title), seen in site.titles.items() if seen.pages > 1]
    return [
        Finding(
            text=_("%(count)d pages have the title “%(title)s”; one is %(path)s.")
            % {"count": seen.pages, "title": cut(title, 60), "path": seen.first},
            cure=_("Give each page a title of its own."),
            where=seen.where,
        )
        for title, seen in found[:SHOWN]
    ]


def _finding(page: ReadPage, text: str, cure: str, severity: Severity = "warning") -> Finding:
    where = words_place(page) if page.row else view_place(page)
    return Finding(text=text, cure=cure, where=where, severity=severity)
