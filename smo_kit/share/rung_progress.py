"""A link comes to a rung: written once, told once, however many saw it at the same moment."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from smo_kit.core.durations import DAY
from smo_kit.core.limits import first_time
from smo_kit.engagement.kinds import SHARED
from smo_kit.engagement.services import record
from smo_kit.share.models import PersonalLink
from smo_kit.share.rungs import Rung
from smo_kit.share.signals import rung_reached


def climb(link: PersonalLink, rung: Rung, at: dt.datetime) -> bool:
    """Write that a link has come to a rung; say whether that is new since its sharer last went out.

    What is new is told by ``rung_reached`` on commit, and counted. What is older than his last going out is written
    and told to nobody: it proves nothing of that one.
    """
    field = rung.facet
    rows = PersonalLink.objects.filter(pk=link.pk)
    unproved = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lt": F("opened")})
    is_new = bool(rows.filter(unproved, opened__lte=at).update(**{field: at}))
    if not is_new:
        rows.filter(Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lt": at})).update(**{field: at})
    setattr(link, field, at)
    if is_new:
        _tell(link, rung)
    return is_new


def _tell(link: PersonalLink, rung: Rung) -> None:
    """Count it once a day on a rung, so that nobody makes a page popular by pressing one button; tell it each time."""
    if first_time("share.rung", f"{link.pk}.{rung.facet}", seconds=DAY):
        record(SHARED.id, link.key, network=link.network, facet=rung.facet)

    def tell() -> None:  # no partial: Django asks what it calls for a name when it fails
        rung_reached.send_robust(sender=PersonalLink, link=link, rung=rung)

    transaction.on_commit(tell, robust=True)
