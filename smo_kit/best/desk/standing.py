"""How the index stands: of the whole, and of one page where nothing is offered beside it; each with its cure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from smo_kit.best.conf import best_settings
from smo_kit.best.desk.page import Desk
from smo_kit.best.models import Neighbour, Rebuild, Text
from smo_kit.core.mending import admin_address

LATE: Final = dt.timedelta(minutes=15)
"""Who waits longer waits for something that does not run."""
REBUILD: Final = "manage.py smo_related_rebuild"
SYNC: Final = "manage.py smo_sync"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not as an editor would have it, what to do, and where."""

    text: str
    cure: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """The whole index."""

    texts: int
    waiting: int
    unranked: int
    rebuild: Rebuild | None
    troubles: list[Reason]

    @property
    def percent(self) -> int:
        """How far the last rebuild has come."""
        return 100 * self.rebuild.done // self.rebuild.total if self.rebuild and self.rebuild.total else 0


def index_now() -> Index:
    """Return how the index stands, in two queries."""
    found = Text.objects.aggregate(
        Count("pk"), Count("due"), Count("unranked"), oldest=Min("due"), oldest_unranked=Min("unranked")
    )
    since = min(filter(None, (found["oldest"], found["oldest_unranked"])), default=None)
    rebuild = Rebuild.objects.order_by("-pk").first()
    return Index(
        texts=found["pk__count"],
        waiting=found["due__count"],
        unranked=found["unranked__count"],
        rebuild=rebuild,
        troubles=list(_troubles(found["pk__count"], since, rebuild)),
    )


def why_nothing(desk: Desk) -> list[Reason]:
    """Return why nothing is offered beside a page; nothing if something is."""
    return [] if desk.offered else list(_reasons(desk)) or [_nothing_alike()]


def _troubles(texts: int, since: dt.datetime | None, rebuild: Rebuild | None) -> Iterator[Reason]:
    now = timezone.now()
    if rebuild and not rebuild.finished and now - rebuild.touched > LATE:
        yield Reason(_("The rebuild was interrupted."), _("Run %(command)s: it goes on.") % {"command": REBUILD})
    elif not texts:
        yield Reason(_("The index is empty."), _("Run %(command)s once.") % {"command": REBUILD})
    elif since and now - since > LATE and (rebuild is None or rebuild.finished):
        cure = _("Let %(command)s run every minute, by cron or a timer; and a worker, if tasks have one.")
        yield Reason(_("Pages wait for longer than they should."), cure % {"command": SYNC})


def _reasons(desk: Desk) -> Iterator[Reason]:
    row, text = desk.row, desk.text
    settings = admin_address("smo_core_settings_tab", "best")
    if row.kind in best_settings().leave_out:
        words = _("Pages of the kind “%(kind)s” are left out of the index.") % {"kind": row.kind}
        yield Reason(words, _("Pin pages here, or take the kind out of the settings."), settings)
    elif text is None:
        yield Reason(_("The page is not in the index yet."), _("Run %(command)s: it is read.") % {"command": SYNC})
    elif text.due:
        yield Reason(_("The page waits to be read."), _("Run %(command)s: it is read.") % {"command": SYNC})
    elif desk.only:
        yield Reason(
            _("Only pinned pages are offered here, and none can be."), _("Pin pages, or let others be offered.")
        )
    elif text.unranked:
        words = _("What is alike to it waits to be put in order.")
        yield Reason(words, _("Run %(command)s: it is done.") % {"command": SYNC})
    elif not text.words:
        words = _("The text is too short to find what is alike to it.")
        yield Reason(words, _("Give the page tags or a longer text, or pin pages here."))
    elif Neighbour.objects.filter(card=row.pk, place__isnull=False).exists():
        yield Reason(_("All that is alike to it is offered nowhere."), _("See the editors' picks, or pin pages here."))


def _nothing_alike() -> Reason:
    return Reason(
        _("No page is alike to it in its language."),
        _("Pin pages here. A block is filled up with the newest pages if the settings say so."),
        admin_address("smo_core_settings_tab", "best"),
    )
