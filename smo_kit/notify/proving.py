"""django-allauth has found out that an address is a member's."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from smo_kit.core.emails import folded
from smo_kit.core.members import email_of
from smo_kit.notify.announcing import mail_what_waits
from smo_kit.notify.models import Subscriber
from smo_kit.notify.subscribers import is_proved, prove


def address_proved(user: Any) -> None:
    """Believe it at once: a member who waits for proof of his address waits no longer.

    What was kept on the site meanwhile is mailed to him, if he wants mails.
    """
    row = Subscriber.objects.here().filter(user=user, confirmed_at=None).exclude(address="").first()
    if row is not None and folded(row.address) == folded(email_of(user)) and is_proved(user):
        mail_what_waits(prove(row))


def on_confirmed(sender: Any, email_address: Any, **kwargs: object) -> None:
    """Hear of it."""
    address_proved(email_address.user)


if apps.is_installed("allauth.account"):
    email_confirmed = import_string("allauth.account.signals.email_confirmed")
    email_confirmed.connect(on_confirmed, dispatch_uid="smo_kit.notify.proved")
