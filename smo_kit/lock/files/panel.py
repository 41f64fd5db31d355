"""What a member's own page shows of downloads: the files that he has opened, with fresh links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smo_kit.core.members import Panel, register_panel
from smo_kit.core.settings import site_id
from smo_kit.lock.addresses import page_address
from smo_kit.lock.files.links import address_of
from smo_kit.lock.files.shelf import NAME, Facts, best_of, facts_from
from smo_kit.lock.files.source import ID
from smo_kit.lock.models import Download, Lock, Opening
from smo_kit.lock.opening import opens_to_members
from smo_kit.lock.personal import open_to_member

MOST: Final = 50
"""Openings that are looked at, the latest."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A file that is open to a member."""

    file: Facts
    address: str
    page: str
    until: dt.datetime | None
    """None: for good."""
    by_membership: bool
    """Whether it is open to every member, so that it does not close while he is signed in."""


def panel_html(request: HttpRequest) -> SafeString:
    """Return the files that are open to a member, in three queries; "" for none."""
    language = get_language() or ""
    openings = _latest_by_lock(_openings_of(request.user.pk))
    slugs = {opening.lock.name.removeprefix(NAME) for opening in openings}
    rows = list(Download.objects.filter(site_id=site_id(), slug__in=slugs, is_on=True)) if slugs else []
    files: dict[int, Mine] = {}
    for opening in openings:
        slug = opening.lock.name.removeprefix(NAME)
        download = best_of([row for row in rows if row.slug == slug], language)
        if download is not None and download.pk not in files:
            address = address_of(request, download, opening.lock_id, language)
            page = _page(opening.lock, language)
            files[download.pk] = Mine(
                facts_from(download), address, page, opening.until, opens_to_members(opening.lock)
            )
    if not files:
        return SafeString("")
    return render_to_string("smo_kit/lock/files_panel.html", {"files": list(files.values())})


def _openings_of(user_id: Any) -> list[Opening]:
    """Return what a member has opened that is still open, the one that stays open longest first."""
    now = timezone.now()
    rows = open_to_member(user_id, now).filter(lock__name__startswith=NAME)
    rows = rows.select_related("lock").prefetch_related("lock__spots")
    found = list(rows.order_by("-opened", "-pk")[:MOST])
    return sorted(found, key=lambda one: (one.until is None, one.until or now), reverse=True)


def _latest_by_lock(openings: Iterable[Opening]) -> list[Opening]:
    by_lock: dict[int, Opening] = {}
    for opening in openings:
        by_lock.setdefault(opening.lock_id, opening)
    return list(by_lock.values())


def _page(lock: Lock, language: str) -> str:
    own = [one for one in lock.spots.all() if one.source == ID]
    best = max(own, key=lambda one: one.language == language, default=None)
    return page_address(best.path) if best else ""


register_panel(Panel(id="files", label=_("Your files"), html=panel_html, order=45))
