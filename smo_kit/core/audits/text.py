"""Structured text: no walls, headings, lists. The numbers are for reading on a phone; Russian words are longer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadPage, Severity, Verdict, audits
from smo_kit.core.markup import Passage
from smo_kit.core.mending import text_place, view_place
from smo_kit.core.sayings import gettext as _
from smo_kit.core.sayings import ngettext
from smo_kit.core.text import cut


@dataclass(frozen=True, slots=True)
class Measure:
    """How much a reader takes at once, in words."""

    paragraph: int
    stretch: int
    """Between two headings."""
    heading: int


MEASURES: Final = {"en": Measure(120, 350, 14), "ru": Measure(95, 280, 12)}
"""By the first part of the language's code; another language is measured as English."""
SHORT_TEXT: Final = 150
"""Words: what is shorter needs no structure."""
LONG_TEXT: Final = 600
"""Words: what is longer needs lists, tables or quotations too."""


def measure_of(page: ReadPage) -> Measure:
    """Return the measure of the page's language."""
    language = page.markup.language or (page.row.language if page.row else "")
    return MEASURES.get(language.partition("-")[0].lower(), MEASURES["en"])


@audits("text.walls", gettext_lazy("No walls of text"), weight=3)
def walls(page: ReadPage) -> Verdict:
    if not _is_text(page):
        return None
    most = measure_of(page).paragraph
    found = [one for one in page.markup.passages if one.level == 0 and one.words > most]
    if not found:
        return []
    longest = max(found, key=lambda one: one.words)
    text = ngettext(
        "%(count)d paragraph has more than %(most)d words; the longest, of %(words)d, begins “%(start)s”.",
        "%(count)d paragraphs have more than %(most)d words; the longest, of %(words)d, begins “%(start)s”.",
        len(found),
    ) % {"count": len(found), "most": most, "words": longest.words, "start": cut(longest.text, 40)}
    cure = _("Break it into paragraphs of one thought each.")
    paragraphs = sum(one.level == 0 for one in page.markup.passages)
    severity: Severity = "error" if len(found) * 3 > paragraphs else "warning"
    return [Finding(text=text, cure=cure, where=text_place(page), severity=severity)]


@audits("text.headings", gettext_lazy("Headings lead through the text"), weight=2)
def headings(page: ReadPage) -> Verdict:
    stretch = measure_of(page).stretch
    if not _is_text(page) or page.markup.words <= stretch:
        return None
    inner = [one for one in page.markup.headings if one.level > 1]
    cure = _("Put a heading above each part: a reader decides by them.")
    if not inner:
        text = _("A text of %(words)d words has no headings.") % {"words": page.markup.words}
        return [Finding(text=text, cure=cure, where=text_place(page), severity="error")]
    longest, after = _longest_stretch(page.markup.passages)
    if longest <= stretch * 1.5:
        return []
    text = _("%(words)d words stand without a heading, after “%(after)s”.") % {
        "words": longest,
        "after": cut(after, 40),
    }
    return [Finding(text=text, cure=cure, where=text_place(page))]


@audits("text.short_headings", gettext_lazy("Headings are short"))
def short_headings(page: ReadPage) -> Verdict:
    inner = [one for one in page.markup.headings if one.level > 1]
    if not inner or not page.is_article:
        return None
    most = measure_of(page).heading
    long = [one for one in inner if one.words > most]
    return [
        Finding(
            text=_("A heading of %(words)d words: “%(start)s”.") % {"words": one.words, "start": cut(one.text, 50)},
            cure=_("Say it in %(most)d words at the most.") % {"most": most},
            where=text_place(page),
        )
        for one in long[:2]
    ]


@audits("text.order", gettext_lazy("One main heading, and no level is skipped"))
def order(page: ReadPage) -> Verdict:
    levels = [one.level for one in page.markup.headings]
    if not page.markup.passages:
        return None
    found = []
    if levels.count(1) != 1:
        text = _("The page has %(count)d main headings (h1).") % {"count": levels.count(1)}
        found.append(Finding(text=text, cure=_("Give it exactly one."), where=view_place(page)))
    if any(after > before + 1 for before, after in pairwise(levels)):
        text = _("The headings skip a level.")
        found.append(Finding(text=text, cure=_("After an h2 comes an h3, not an h4."), where=text_place(page)))
    return found


@audits("text.lists", gettext_lazy("Lists, tables or quotations in long texts"))
def lists(page: ReadPage) -> Verdict:
    if not page.is_article or page.markup.words < LONG_TEXT:
        return None
    if page.markup.lists:
        return []
    text = _("A text of %(words)d words has no list, table or quotation.") % {"words": page.markup.words}
    return [Finding(text=text, cure=_("Make a list of what can be counted."), where=text_place(page))]


def _is_text(page: ReadPage) -> bool:
    return page.is_article and page.markup.words >= SHORT_TEXT


def _longest_stretch(passages: list[Passage]) -> tuple[int, str]:
    """Return the words of the longest stretch without a heading, and the heading before it."""
    best, heading, words = (0, ""), "", 0
    for one in passages:
        if one.level > 0:
            heading, words = one.text, 0
        else:
            words += one.words
            best = max(best, (words, heading))
    return best
