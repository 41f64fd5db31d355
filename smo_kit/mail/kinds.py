"""What mails are about: an open list, to which each app adds its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smo_kit.core.settings import did_you_mean

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from smo_kit.mail.models import Mail

LENGTH: Final = 32
"""Letters that the column has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing that mails are about."""

    id: str
    label: str | _StrPromise
    """What a person reads who is about to unsubscribe: "Answers to my comments"."""
    can_unsubscribe: bool = False
    """Whether its mails say how to end them: a link below, and a button of the mail program (RFC 8058)."""
    heeds_all: bool = True
    """Whether an address that wants no mail at all gets none of these. False: what the recipient must get, such as
    his own password or a moderator's work."""
    bounce_suppresses: bool = False
    """Whether an address that does not exist is never written to again: for mails to addresses nobody has proved."""
    still_wanted: Callable[[Mail], bool] | None = None
    """Asked just before sending; a mail that is no longer wanted is skipped."""

    def __post_init__(self) -> None:
        if not 0 < len(self.id) <= LENGTH or not self.id.isascii() or not self.id.isprintable():
            raise ValueError(f"{self.id!r}: a kind of mail has 1 to {LENGTH} letters of ASCII.")


class UnknownKind(LookupError):
    """No app has registered this kind."""

    def __init__(self, kind: str) -> None:
        cure = "Register it: smo_kit.mail.kinds.register_kind(Kind(id=…, label=…))."
        super().__init__(f"No kind of mail {kind!r} is registered. {did_you_mean(kind, _kinds)} {cure}")


_kinds: Final[dict[str, Kind]] = {}


def register_kind(kind: Kind) -> Kind:
    """Add a kind of mail; a later one of the same id takes its place."""
    _kinds[kind.id] = kind
    return kind


def all_kinds() -> tuple[Kind, ...]:
    """Return every registered kind."""
    return tuple(_kinds.values())


def kind_of(kind_id: str) -> Kind:
    """Return the kind of this id. Raises UnknownKind, with the nearest one."""
    try:
        return _kinds[kind_id]
    except KeyError:
        raise UnknownKind(kind_id) from None


def label_of(kind_id: str) -> str:
    """Return what a kind is called, the id of one that is gone."""
    return str(_kinds[kind_id].label) if kind_id in _kinds else kind_id
