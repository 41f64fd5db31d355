"""What a member's own page shows of locks: the pages of which something is open to him, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smo_kit.core.members import Panel, register_panel
from smo_kit.core.snapshots import pages_of
from smo_kit.core.subjects import Key
from smo_kit.lock.addresses import page_address
from smo_kit.lock.files import panel  # noqa: F401  # of his files
from smo_kit.lock.models import Lock, Opening
from smo_kit.lock.opening import opens_to_members
from smo_kit.lock.personal import open_to_member

SHOWN: Final = 50
"""Pages that are shown, those that were opened last."""
FILE: Final = "file"
"""The source of what has a list of its own."""


@dataclass(slots=True)
class Opened:
    """A page of which something is open to a member."""

    title: str
    address: str
    until: dt.datetime | None
    """When the last of it closes; None: never."""
    by_membership: bool
    """Whether it opens to every member, so that it does not close while he is signed in."""


def panel_html(request: HttpRequest) -> SafeString:
    """Return the pages that a member has opened, the last first, in three queries."""
    rows = open_to_member(request.user.pk, timezone.now()).prefetch_related("lock__spots")
    pages = opened_pages(rows.order_by("-opened", "-pk"))
    if not pages:
        return SafeString("")
    context = {"pages": pages[:SHOWN], "has_more": len(pages) > SHOWN}
    return render_to_string("smo_kit/lock/panel.html", context)


def opened_pages(rows: Iterable[Opening]) -> list[Opened]:
    """Return each page once, with the day on which the last of it closes. Files are left out."""
    rows = [row for row in rows if not _is_file(row.lock)]
    known = pages_of({row.lock.key for row in rows})
    found: dict[Key, Opened] = {}
    for row in rows:
        key = row.lock.key
        if key not in found:
            page, spot = known.get(key), row.lock.last_spot
            address = page.url if page else page_address(spot.path) if spot else ""
            found[key] = Opened(page.title if page else "", address, row.until, opens_to_members(row.lock))
        else:
            found[key].until = _later(found[key].until, row.until)
            found[key].by_membership |= opens_to_members(row.lock)
    return [one for one in found.values() if one.address]


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max(one, other) if one and other else None


def _is_file(lock: Lock) -> bool:
    sources = {one.source for one in lock.spots.all()}
    return sources == {FILE}


register_panel(Panel(id="lock", label=_("What you have opened"), html=panel_html, order=35))
