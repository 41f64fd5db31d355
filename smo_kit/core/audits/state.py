"""Nothing stale or broken."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Broken, Finding, Media, ReadPage, ReadSite, Verdict, audits, audits_site
from smo_kit.core.http import REDIRECTING
from smo_kit.core.mending import text_place, view_place
from smo_kit.core.sayings import gettext as _

STALE: Final = dt.timedelta(days=3 * 365)
SHOWN: Final = 20
"""Broken targets that are named, at the most."""


@audits("state.answers", gettext_lazy("The page answers at its address"), weight=5)
def answers(page: ReadPage) -> Verdict:
    if page.status in REDIRECTING:
        text = _("The page leads in a circle, too far, or out of the site.")
        cure = _("Correct the redirect, or the card's url.")
        return [Finding(text=text, cure=cure, where=view_place(page), severity="error")]
    if page.status != 200:
        text = _("The page answers %(status)d.") % {"status": page.status}
        cure = _("Correct the view, or take the page out of “public” in smo.py.")
        return [Finding(text=text, cure=cure, where=view_place(page), severity="error")]
    found = []
    if page.way:
        text = _("The address leads on to another one.")
        found.append(Finding(text=text, cure=_("Give the card the last address."), where=view_place(page)))
    if page.cut:
        text = _("The page is larger than %(size)d MB; only its start was read.") % {"size": 2}
        found.append(Finding(text=text, cure=_("Split it: phones and crawlers give up."), where=view_place(page)))
    return found


@audits("state.fresh", gettext_lazy("Articles are looked after"))
def fresh(page: ReadPage) -> Verdict:
    if not page.is_article:
        return None
    changed = _changed(page)
    if changed is None:
        return None
    if timezone.now() - changed < STALE:
        return []
    text = _("Not changed since %(day)s.") % {"day": changed}
    cure = _("Look whether it is still right, and say so in the text.")
    return [Finding(text=text, cure=cure, where=text_place(page), severity="info")]


@audits_site("state.links", gettext_lazy("Links inside the site lead somewhere"), weight=3)
def links(site: ReadSite) -> Verdict:
    return _broken(site, "")


@audits_site("state.pictures", gettext_lazy("Pictures and recordings of the site are there"), weight=3)
def pictures(site: ReadSite) -> Verdict:
    return _broken(site, "picture", "recording")


def _broken(site: ReadSite, *media: Media) -> Verdict:
    if not site.checked:
        return None
    found = [one for one in site.broken if one.media in media]
    return [_finding(one) for one in sorted(found, key=lambda one: -one.seen.pages)[:SHOWN]]


def _finding(one: Broken) -> Finding:
    text = _("%(path)s: %(why)s It stands on %(first)s (pages: %(count)d).") % {
        "path": one.path[:200],
        "why": one.why,
        "first": one.seen.first,
        "count": one.seen.pages,
    }
    cure = _("Put back what is missing, or correct the page that names it.")
    return Finding(text=text, cure=cure, where=one.seen.where, severity="error")


def _changed(page: ReadPage) -> dt.datetime | None:
    if page.row is not None and (page.row.modified or page.row.published):
        return page.row.modified or page.row.published
    metas = page.markup.metas
    try:
        said = parse_datetime(metas.get("article:modified_time") or metas.get("article:published_time") or "")
    except ValueError:
        return None
    return said if said and timezone.is_aware(said) else None
