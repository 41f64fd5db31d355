"""Questions to many mails and suppressed addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from smo_kit.core.settings import site_id
from smo_kit.mail.addresses import marks
from smo_kit.mail.kinds import composed_kinds, kind_of

if TYPE_CHECKING:
    from smo_kit.mail.models import Mail, Suppression  # noqa: F401  # named below as a string


class MailQuerySet(QuerySet["Mail"]):
    """Mails of the outbox."""

    def waiting(self, now: dt.datetime) -> MailQuerySet:
        """Return those whose time has come, the oldest first."""
        return self.filter(state="waiting", due__lte=now).order_by("due", "id")

    def ours(self) -> MailQuerySet:
        """Return those that a worker of this site may send: what is written when it goes out needs its own site's."""
        return self.filter(Q(site_id=site_id()) | ~Q(kind__in=composed_kinds()))

    def lapsed(self, now: dt.datetime) -> MailQuerySet:
        """Return those whose worker has not been heard of for the time of its lease."""
        return self.filter(state="claimed", claimed_until__lte=now).order_by("due", "id")


class SuppressionQuerySet(QuerySet["Suppression"]):
    """Addresses that get no mail."""

    def of(self, address: str) -> SuppressionQuerySet:
        """Return what is suppressed for an address, by whichever key its mark was made."""
        return self.filter(mark__in=marks(address))

    def stopping(self, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return those of the pairs (address, kind) that get no mail, in one query."""
        wanted = {(address, kind): marks(address) for address, kind in pairs}
        every = {one for each in wanted.values() for one in each}
        rows = set(self.filter(Q(mark__in=every)).values_list("mark", "kind")) if every else set()
        return {
            pair for pair, each in wanted.items() if any((one, kind) in rows for one in each for kind in _by(pair[1]))
        }


def _by(kind_id: str) -> tuple[str, ...]:
    return (kind_id, "") if kind_of(kind_id).heeds_all else (kind_id,)
