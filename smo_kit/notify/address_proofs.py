"""What becomes of a proof: a member's account has another address, it is proved elsewhere, an editor doubts one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from smo_kit.core.emails import folded
from smo_kit.core.members import email_of
from smo_kit.core.transactions import patiently
from smo_kit.notify.due_times import due_for
from smo_kit.notify.fan_out import mail_what_waits
from smo_kit.notify.mail_queue import hold_back
from smo_kit.notify.models import Subscriber
from smo_kit.notify.services import Asked, ask_for_proof
from smo_kit.notify.subscribers import address_of, is_proved, prove


def address_changed(user: Any) -> None:
    """Follow a member who has another address now: it gets no mail until it is proved."""
    row = Subscriber.objects.here().filter(user=user).first()
    address = address_of(user)
    if row is not None and row.address != address:
        patiently(lambda: _follow(row, address, user))


def address_proved(user: Any) -> None:
    """Believe at once what django-allauth has found out: a member who waits for the proof waits no longer.

    What was kept on the site meanwhile is mailed to him, if he wants mails.
    """
    row = Subscriber.objects.here().filter(user=user, confirmed_at=None).exclude(address="").first()
    if row is not None and folded(row.address) == folded(email_of(user)) and is_proved(user):
        mail_what_waits(prove(row))


def doubt(subscriber: Subscriber) -> Asked:
    """Believe no longer that an address is the subscriber's: send nothing but the mail that asks him again.

    A guest who does not answer in time is deleted, as one who has never answered. Raises BadAddress.
    """
    with transaction.atomic():
        Subscriber.objects.filter(pk=subscriber.pk).update(confirmed_at=None, browsers=[], created=timezone.now())
        hold_back(subscriber, None)
    subscriber.refresh_from_db()
    return ask_for_proof(subscriber, again=True)


def _follow(row: Subscriber, address: str, user: Any) -> None:
    row.address, row.folded, row.mark, row.confirmed_at, row.browsers = address, None, "", None, []
    row.generation += 1  # who reads the old mailbox sees no more of his
    row.save(update_fields=["address", "folded", "mark", "confirmed_at", "browsers", "generation"])
    if address and is_proved(user):
        row = prove(row)
    hold_back(row, due_for(row, timezone.now()))
