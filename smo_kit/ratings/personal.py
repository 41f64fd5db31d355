"""What ratings keep of a person: what he gave as a member. Of guests only browsers are known, and nobody's address."""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smo_kit.core.identities import of_member
from smo_kit.core.known_pages import pages_of
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.ratings.models import Rating
from smo_kit.ratings.tallies import written


def export(person: Person) -> dict[str, list[Any]]:
    """Return what he gave, and to which pages."""
    rows = list(_rows(person).order_by("pk"))
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
    """Take the person out of his ratings; they stay counted. Of what he took back nothing stays."""
    _rows(person).filter(value="").delete()
    pks = list(_rows(person).values_list("pk", flat=True))
    for pk in pks:
        Rating.objects.filter(pk=pk).update(voter=secrets.token_hex(32))
    return {"ratings": len(pks)}


def _rows(person: Person) -> QuerySet[Rating]:
    return written(Rating).filter(voter__in=[mark for one in person.user_ids for mark in of_member(one)])


register_holder(Holder(id="ratings", label=_("Ratings"), export=export, erase=erase))
