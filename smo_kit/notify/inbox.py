"""A member's own notifications on the site: what he was told, and which of it he has seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from smo_kit.comments.mentions import permalink
from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, plain
from smo_kit.notify.kinds import Why
from smo_kit.notify.models import Delivery
from smo_kit.notify.page_cards import titles_of
from smo_kit.notify.querysets import DeliveryQuerySet

SIZE: Final = 30
"""Notifications of a page."""
EXCERPT: Final = 180
"""Letters of a comment that are shown."""
MOST: Final = 999
"""Unread ones are counted up to so many."""


@dataclass(frozen=True, slots=True)
class Item:
    """A notification as its list shows it."""

    pk: int
    is_unread: bool
    name: str
    """Of who wrote the comment."""
    title: str
    """Of the page it stands on; "": nobody may see that page now, and so nothing of the comment is shown."""
    address: str
    text: str
    why: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Notifications, the newest first."""

    items: list[Item]
    older: int | None
    """The next page begins after this one; None: there is none."""
    newest: int
    """What the reader has before him up to here, when he marks all; 0: nothing."""
    has_unread: bool


def of_member(user: Any) -> DeliveryQuerySet:
    """Return what a member was told on this site. Nothing is made for one who was never told anything."""
    return Delivery.objects.filter(subscriber__user=user, subscriber__site_id=site_id())


def unread_count(user: Any) -> int:
    """Return how many a member has not seen, in one query."""
    return of_member(user).unread()[:MOST].count()


def page_for(user: Any, before: int | None = None) -> Page:
    """Return a page of a member's notifications, the newest or those older than one; a constant number of queries."""
    visible = of_member(user).visible()
    rows = visible.filter(pk__lt=before) if before else visible
    found = list(rows.select_related("entry__comment", "discussion").order_by("-pk")[: SIZE + 1])
    shown = found[:SIZE]
    titles = titles_of(row.discussion for row in shown) if shown else {}
    return Page(
        items=[_item(row, titles.get(row.discussion_id, "")) for row in shown],
        older=shown[-1].pk if len(found) > SIZE else None,
        newest=shown[0].pk if shown else 0,
        has_unread=of_member(user).unread().exists(),
    )


def mark_read(user: Any, *, pk: int | None = None, until: int | None = None) -> int:
    """Note that a member has seen one notification, or all up to one; return how many are new to him."""
    rows = of_member(user).filter(read_at__isnull=True)
    rows = rows.filter(pk=pk) if pk is not None else rows.filter(pk__lte=until)
    return Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(read_at=timezone.now())


def _item(row: Delivery, title: str) -> Item:
    entry = row.entry
    return Item(
        pk=row.pk,
        is_unread=row.read_at is None,
        name=entry.author_name,
        title=title,
        address=permalink(entry.pk) if title else "",
        text=cut(plain(entry.html), EXCERPT) if title else "",
        why=str(Why(row.why).label),
        at=entry.published_at or row.created,
    )
