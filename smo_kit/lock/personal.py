"""What locks keep of a person: what he has opened as a member. Of guests only browsers are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import router
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smo_kit.core.deletions import register_forgetter
from smo_kit.core.identities import of_members, take_out
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.core.settings import site_id
from smo_kit.core.snapshots import pages_of
from smo_kit.lock.models import Opening
from smo_kit.lock.querysets import OpeningQuerySet


def openings_of(user_ids: Collection[Any]) -> OpeningQuerySet:
    """Return what these accounts have opened, or tried to."""
    return Opening.objects.filter(Q(user__in=user_ids) | of_members("opener", user_ids)).select_related("lock")


def open_to_member(user_id: Any, now: dt.datetime) -> OpeningQuerySet:
    """Return by what locks of this site are open to a member now."""
    return openings_of((user_id,)).standing(now).filter(lock__site_id=site_id())


def export(person: Person) -> dict[str, list[Any]]:
    """Return what he has opened and tried to open: where, by what, when, and until when."""
    rows = list(openings_of(person.user_ids).order_by("pk"))
    pages = pages_of({row.lock.key for row in rows})
    return {
        "openings": [
            {
                "page": pages[row.lock.key].url if row.lock.key in pages else "",
                "lock": row.lock.name,
                "way": row.way,
                "network": row.network,
                "tried": row.tried,
                "opened": row.opened,
                "until": row.until,
            }
            for row in rows
        ]
    }


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Take the person out of what he has opened: it is closed to him from then on, and stays counted."""
    return {"openings": forget(person.user_ids)}


def forget(user_ids: Collection[Any]) -> int:
    """Take accounts out of what they have opened; return how much."""
    return take_out(openings_of(user_ids).using(router.db_for_write(Opening)), "opener", user=None)


register_holder(Holder(id="lock", label=_("What was unlocked"), export=export, erase=erase))
register_forgetter(Opening, forget)
