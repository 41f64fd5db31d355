"""What mails are about: an open list, to which each app adds its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smo_kit.core.kinds import Kinds, UnknownKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from smo_kit.mail.letters import Letter
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
    is_secret: bool = False
    """Whether its text opens something without a password. Where mail leaves the machine, the outbox forgets it when it
    is sent: editors read the outbox."""
    still_wanted: Callable[[Mail], bool] | None = None
    """Asked just before sending; a mail that is no longer wanted is skipped."""
    compose: Callable[[Sequence[Mail]], Mapping[int, Letter]] | None = None
    """Writes mails just before they go out, some dozens at a time, by their primary keys: the outbox holds no texts of
    theirs, and they tell what is true then. What it leaves out is no longer wanted, and skipped."""
    note_sent: Callable[[Letter], None] | None = None
    """Told of a letter that ``compose`` wrote and that went out, in the transaction that marks its mail as sent."""

    def __post_init__(self) -> None:
        if not 0 < len(self.id) <= LENGTH or not self.id.isascii() or not self.id.isprintable():
            raise ValueError(f"{self.id!r}: a kind of mail has 1 to {LENGTH} letters of ASCII.")


_kinds: Final = Kinds[Kind]("kind of mail", "smo_kit.mail.kinds")

register_kind: Final = _kinds.add
all_kinds: Final = _kinds.all
kind_of: Final = _kinds.of


def composed_kinds() -> list[str]:
    """Return the ids of those kinds whose mails are written when they go out."""
    return [kind.id for kind in all_kinds() if kind.compose]


def label_of(kind_id: str) -> str:
    """Return what a kind is called, the id of one that is gone."""
    try:
        return str(kind_of(kind_id).label)
    except UnknownKind:
        return kind_id
