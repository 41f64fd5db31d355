"""All that the suite knows of one person: shown to him, or erased.

Each app that keeps something says so in its ``personal.py``; a site's own apps do it in their ``smo.py``. What belongs
to a person is found by his e-mail address and by the accounts that have it; what belongs to a member who asks for it
himself, by his account and by the addresses that are proved to be his.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from smo_kit.core.discovery import load_modules
from smo_kit.core.emails import BadAddress, folded, spellings
from smo_kit.core.marks import mark
from smo_kit.core.members import proved_addresses
from smo_kit.core.settings import site_id

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EXPORT_FILE: Final = "personal-data.json"

_holders: Final[dict[str, Holder]] = {}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data it is."""

    address: str = field(repr=False)
    """"": a member who has proved none."""
    user_ids: tuple[Any, ...] = ()
    """Primary keys of the accounts that have the address."""
    others: tuple[str, ...] = field(default=(), repr=False)
    """Further addresses that are his."""
    is_himself: bool = False
    """A member acts for himself: what is another account's is not his, whatever address stands there."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses that are his; none is empty."""
        return tuple(one for one in (self.address, *self.others) if one)

    @property
    def mark(self) -> str:
        """What stands for the address in the log, and can't be turned back; without one, for the account."""
        text = spellings(self.address)[0] if self.address else f"account {self.user_ids}"
        return mark("smo_kit.core.people", text)


@dataclass(frozen=True, slots=True)
class Erasure:
    """How to erase."""

    keep_texts: bool = False
    """Leave what the person wrote for everybody, under no name. Else it goes, and only its place stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An app that keeps something of people."""

    id: str
    label: str | _StrPromise
    export: Callable[[Person], Mapping[str, list[Any]]]
    """Returns what is kept of a person, in lists by what it is; JSON, dates too."""
    erase: Callable[[Person, Erasure], Mapping[str, int]]
    """Erases or makes nameless what is kept, and returns how much, by what it was. Called within a transaction."""


def register_holder(holder: Holder) -> None:
    """Have a holder asked whenever somebody wants to know what is kept of him."""
    _holders[holder.id] = holder


def holders() -> tuple[Holder, ...]:
    """Return all holders."""
    load_modules("personal")
    return tuple(_holders[id_] for id_ in sorted(_holders))


def person_at(address: str) -> Person:
    """Return the person of an address. Raises BadAddress."""
    bare = address.strip()
    try:
        validate_email(bare)
    except ValidationError:
        raise BadAddress(_("Please give an e-mail address like name@example.org.")) from None
    users = get_user_model()
    found = users._default_manager.filter(**{f"{users.get_email_field_name()}__iexact": bare}).order_by("pk")
    return Person(bare, tuple(found.values_list("pk", flat=True)))


def person_of(user: Any) -> Person:
    """Return a member as the person that he has shown to be: his account, and only addresses proved to be his."""
    proved = proved_addresses(user)
    own = folded(str(getattr(user, user.get_email_field_name(), "") or ""))
    first, *others = sorted(proved, key=lambda one: (one != own, one)) or [""]
    return Person(first, (user.pk,), tuple(others), is_himself=True)


def export(person: Person, *, user: Any = None) -> dict[str, Any]:
    """Return all that is kept of a person, by the holders' ids. ``user`` has asked for it; that is written down."""
    found = look(person)
    _write_down(person, "export", user, {id_: _counted(parts) for id_, parts in found.items()})
    return {"addresses": list(person.addresses), "accounts": list(person.user_ids), **found}


def look(person: Person) -> dict[str, dict[str, list[Any]]]:
    """Return what is kept of a person, without writing down that somebody looked."""
    return {one.id: dict(one.export(person)) for one in holders()}


def erase(
    person: Person, *, keep_texts: bool = False, user: Any = None, is_dry: bool = False
) -> dict[str, dict[str, int]]:
    """Erase all that is kept of a person, everything or nothing; return how much, by the holders' ids.

    His account itself is the site's, and stays. ``is_dry``: only count.
    """
    how = Erasure(keep_texts)
    with transaction.atomic():
        done = {one.id: dict(one.erase(person, how)) for one in holders()}
        _write_down(person, "erase", user, done)
        transaction.set_rollback(is_dry)
    return done


def _counted(parts: Mapping[str, list[Any]]) -> dict[str, int]:
    return {name: len(rows) for name, rows in parts.items()}


def _write_down(person: Person, verb: str, user: Any, figures: Mapping[str, Mapping[str, int]]) -> None:
    model: Any = apps.get_model("smo_core", "PersonalRequest")
    model.objects.create(site_id=site_id(), mark=person.mark, verb=verb, user=user, figures=figures)
