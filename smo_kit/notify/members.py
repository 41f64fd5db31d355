"""A member has another address: his notifications follow him there when it is proved."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from smo_kit.core.transactions import patiently
from smo_kit.notify.collecting import hold_back
from smo_kit.notify.models import Subscriber
from smo_kit.notify.subscribers import address_of, is_proved, prove
from smo_kit.notify.timing import due_for


def address_changed(user: Any) -> None:
    """Follow a member who has another address now: it gets no mail until it is proved."""
    row = Subscriber.objects.here().filter(user=user).first()
    address = address_of(user)
    if row is not None and row.address != address:
        patiently(lambda: _follow(row, address, user))


def _follow(row: Subscriber, address: str, user: Any) -> None:
    row.address, row.folded, row.mark, row.confirmed_at, row.browsers = address, None, "", None, []
    row.generation += 1  # who reads the old mailbox sees no more of his
    row.save(update_fields=["address", "folded", "mark", "confirmed_at", "browsers", "generation"])
    if address and is_proved(user):
        row = prove(row)
    hold_back(row, due_for(row, timezone.now()))
