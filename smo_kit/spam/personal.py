"""What the spam app knows of a person: how what he wrote was judged."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.spam.querysets import ReputationQuerySet
from smo_kit.spam.reputation import about_author

COLUMNS = ("label", "published", "removed", "spam", "trusted", "banned", "seen")


def _about(person: Person) -> list[ReputationQuerySet]:
    return [about_author(email=person.address), *(about_author(user_id=pk) for pk in person.user_ids)]


def export(person: Person) -> dict[str, list[Any]]:
    """Return the person's reputations: of the address, and of each account."""
    return {"reputations": [row for rows in _about(person) for row in rows.values(*COLUMNS)]}


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Forget them, a ban too."""
    return {"reputations": sum(rows.delete()[0] for rows in _about(person))}


register_holder(Holder(id="spam", label=_("Spam"), export=export, erase=erase))
