"""What locks keep of a person: what he has opened as a member. Of guests only browsers are known."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smo_kit.core.identities import of_member
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.core.settings import site_id
from smo_kit.core.snapshots import pages_of
from smo_kit.lock.models import Opening
from smo_kit.lock.querysets import OpeningQuerySet


def of_members(user_ids: tuple[Any, ...]) -> OpeningQuerySet:
    """Return what these accounts have opened, or tried to."""
    marks = [mark for one in user_ids for mark in of_member(one)]
    return Opening.objects.filter(Q(user__in=user_ids) | Q(opener__in=marks)).select_related("lock")


def open_to_member(user_id: Any, now: dt.datetime) -> OpeningQuerySet:
    """Return by what locks of this site are open to a member now."""
    return of_members((user_id,)).standing(now).filter(lock__site_id=site_id())


def export(person: Person) -> dict[str, list[Any]]:
    """Return what he has opened and tried to open: where, by what, when, and until when."""
    rows = list(of_members(person.user_ids).order_by("pk"))
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
    pks = list(of_members(person.user_ids).values_list("pk", flat=True))
    for pk in pks:
        Opening.objects.filter(pk=pk).update(user=None, opener=secrets.token_hex(32))
    return {"openings": len(pks)}


register_holder(Holder(id="lock", label=_("What was unlocked"), export=export, erase=erase))
