"""What ratings keep of a person: what he gave as a member. Of guests only browsers are known, and nobody's address."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smo_kit.core.deletions import register_forgetter
from smo_kit.core.identities import of_members, take_out
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.core.snapshots import pages_of
from smo_kit.ratings.models import Rating
from smo_kit.ratings.tallies import written


def export(person: Person) -> dict[str, list[Any]]:
    """Return what he gave, and to which pages."""
    rows = list(_rows(person.user_ids).order_by("pk"))
    pages = pages_of({row.key for row in rows})
    return {
        "ratings": [
            {
                "page": pages[row.key].url if row.key in pages else "",
                "kind": row.kind,
                "value": row.value,
                "at": row.at,
                "changed": row.changed,
            }
            for row in rows
        ]
    }


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Take the person out of his ratings; they stay counted."""
    return {"ratings": forget(person.user_ids)}


def forget(user_ids: Collection[Any]) -> int:
    """Take accounts out of their ratings, and return of how many. Of what they took back nothing stays."""
    rows = _rows(user_ids)
    rows.filter(value="").delete()
    return take_out(rows, "voter")


def _rows(user_ids: Collection[Any]) -> QuerySet[Rating]:
    return written(Rating).filter(of_members("voter", user_ids))


register_holder(Holder(id="ratings", label=_("Ratings"), export=export, erase=erase))
register_forgetter(Rating, forget)
