"""What apps know of a member: which addresses are proved to be his, how he looks, what his own page shows of him."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from smo_kit.core.discovery import load_modules
from smo_kit.core.emails import folded
from smo_kit.core.marks import mark
from smo_kit.core.text import initial_of, one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_ADDRESSES: Final = ("account", "EmailAddress")

Proof = Callable[[Any], Iterable[str]]
Faces = Callable[[Collection[Any]], Mapping[Any, str]]


MEMBERS: Final = "smo_kit.comments.user"
"""The purpose of marks that stand for accounts."""
COLOURS: Final = 6
"""Discs behind first letters of names have so many colours, each a class of CSS: ``smo-disc smo-disc-0`` and so on."""
WHOLE_NAMES: Final = ("name", "full_name", "display_name")
"""Fields in which a site's own model of accounts may have the name of a person."""
_ADDRESS: Final = re.compile(r"\S@\S")


@dataclass(frozen=True, slots=True)
class Disc:
    """What stands for a member who has no picture."""

    initial: str
    colour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of a member's own page. Apps register theirs in ``panels.py``, sites in their ``smo.py``."""

    id: str
    label: str | _StrPromise
    html: Callable[[HttpRequest], SafeString]
    """Returns what stands below the label, for the member who asks (``request.user``); "": nothing, no label either."""
    order: int = 50
    """The smaller comes first."""


_panels: Final[dict[str, Panel]] = {}
_proofs: Final[list[Proof]] = []
_faces: Final[list[Faces]] = []


def register_panel(panel: Panel) -> None:
    """Show a part on every member's own page."""
    _panels[panel.id] = panel


def panels() -> tuple[Panel, ...]:
    """Return the parts of a member's own page, in order."""
    load_modules("panels")
    return tuple(sorted(_panels.values(), key=lambda one: (one.order, one.id)))


def register_proof(proof: Proof) -> None:
    """Believe an app that returns the addresses which it knows to be a member's."""
    if proof not in _proofs:
        _proofs.append(proof)


def proved_addresses(user: Any) -> frozenset[str]:
    """Return the e-mail addresses that are proved to be a member's, as ``core.emails.folded`` writes them.

    Where no app says which, they are those that django-allauth has verified, if the site has it.
    """
    return frozenset(folded(address) for proof in _proofs or (verified_addresses,) for address in proof(user)) - {""}


def verified_addresses(user: Any) -> list[str]:
    """Return the addresses that django-allauth has verified; none where it is not installed."""
    if not apps.is_installed("allauth.account"):
        return []
    addresses: Any = apps.get_model(*_ADDRESSES)
    return list(addresses.objects.filter(user=user, verified=True).values_list("email", flat=True))


def is_proved(user: Any, address: str) -> bool:
    """Say whether an address is proved to be a member's."""
    return bool(address) and folded(address) in proved_addresses(user)


def register_faces(faces: Faces) -> None:
    """Have members' pictures from an app: it returns their addresses on this site by primary key, in one query."""
    _faces[:] = [faces]


def faces_of(user_ids: Collection[Any]) -> Mapping[Any, str]:
    """Return the pictures that members have, by their primary keys; who has none is left out."""
    return _faces[0](user_ids) if _faces and user_ids else {}


def name_of(user: Any) -> str:
    """Return what a member is called on the site, in one line; never an e-mail address, though he be known by one."""
    whole = user.get_full_name() if hasattr(user, "get_full_name") else ""
    known = (whole, *(getattr(user, field, "") for field in WHOLE_NAMES), user.get_username())
    names = (one_line(one) for one in known if isinstance(one, str))
    return next((one for one in names if one and not _ADDRESS.search(one)), "") or _("Member")


def email_of(user: Any) -> str:
    """Return the e-mail address in a member's account, whatever its field is called; "" for none."""
    return str(getattr(user, user.get_email_field_name(), "") or "")


def field_of(user: Any, name: str) -> Any:
    """Return a field of the model of an account (or of the model itself) by its name; None if it has no such field."""
    try:
        return user._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def disc_of(user: Any) -> Disc:
    """Return what stands for a member without a picture, everywhere the same."""
    return Disc(initial_of(name_of(user)), colour_of(mark(MEMBERS, str(user.pk))))


def colour_of(member: str) -> int:
    """Return the number of the colour of whoever a mark stands for."""
    return int(member[:4] or "0", 16) % COLOURS
