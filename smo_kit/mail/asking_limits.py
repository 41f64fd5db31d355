"""How many mails strangers may cause to an address that nobody has proved: a form must be no way to pester others."""

from __future__ import annotations

from collections.abc import Sequence

from smo_kit.core.durations import HOUR
from smo_kit.core.limits import give_back, networks_of, within
from smo_kit.mail.addresses import mark


def may_ask(what: str, address: str, client: str, limits: Sequence[int]) -> bool:
    """Count one more mail for a purpose, and say whether it may be sent.

    ``limits`` are how many one address, one network (/24, /48) and the whole site may ask for within an hour;
    ``client`` is the IP address that asks, "" if it is not known. What one of them is refused does not count for the
    next: a network that asks without end uses up neither other people's addresses nor the site. Raises BadAddress.
    """
    per = dict(zip(("email", "network", "site"), limits, strict=False))
    return all(
        within(f"{what}:{which}", who, limit=per[which], seconds=HOUR)
        for which, who in _askers(address, client)
        if who and which in per
    )


def was_answered(what: str, address: str, client: str) -> None:
    """Count one less, so that who has followed the link may go on."""
    for which, who in _askers(address, client):
        if who:
            give_back(f"{what}:{which}", who, seconds=HOUR)


def _askers(address: str, client: str) -> tuple[tuple[str, str], ...]:
    """Return who is counted, in the order in which they are asked."""
    return ("network", networks_of(client)[1] if client else ""), ("email", mark(address)), ("site", "all")
