"""What the spam app knows of a person: how what he wrote was judged."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.spam.querysets import ReputationQuerySet
from smo_kit.spam.reputation import about_author

COLUMNS = ("label", "published", "removed", "spam", "trusted", "banned", "seen")


def _about(person: Person) -> list[ReputationQuerySet]:
    by_address = [about_author(email=address) for address in person.addresses]
    return [*by_address, *(about_author(user_id=pk) for pk in person.user_ids)]


def export(person: Person) -> dict[str, list[Any]]:
    """Return the person's reputations: of each address, and of each account."""
    return {"reputations": [row for rows in _about(person) for row in rows.values(*COLUMNS)]}


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Forget them, a ban too; but nobody ends his own ban by leaving."""
    due = (rows.filter(banned=False) if person.is_himself else rows for rows in _about(person))
    return {"reputations": sum(rows.delete()[0] for rows in due)}


register_holder(Holder(id="spam", label=_("Spam"), export=export, erase=erase))
