"""Addresses that get no mail: of one kind, or of all that heed it."""

from __future__ import annotations

from smo_kit.mail.addresses import mark
from smo_kit.mail.kinds import kind_of
from smo_kit.mail.models import Suppression


def suppress(address: str, kind: str = "", reason: str = "by hand") -> bool:
    """Send no more mail of this kind ("": of all that heed it) to an address; say whether that is new.

    Raises BadAddress and UnknownKind.
    """
    if kind:
        kind_of(kind)
    return suppress_mark(mark(address), kind, reason)


def suppress_mark(known: str, kind: str, reason: str) -> bool:
    """Do the same where only the address's mark is known: in a link, which may be older than its kind."""
    return Suppression.objects.get_or_create(mark=known, kind=kind, defaults={"reason": reason})[1]


def is_suppressed(address: str, kind: str) -> bool:
    """Say whether an address gets no mail of this kind. Raises BadAddress and UnknownKind."""
    return bool(Suppression.objects.stopping([(address, kind)]))


def lift(address: str, kind: str = "") -> bool:
    """Let an address have mail of this kind ("": what was said of all) again; say whether it had none."""
    return bool(Suppression.objects.of(address).filter(kind=kind).delete()[0])
