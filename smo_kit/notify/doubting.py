"""An editor has reason to think that an address is not its subscriber's."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from smo_kit.notify.collecting import hold_back
from smo_kit.notify.models import Subscriber
from smo_kit.notify.services import Asked, ask_for_proof


def doubt(subscriber: Subscriber) -> Asked:
    """Believe no longer that an address is the subscriber's: send nothing but the mail that asks him again.

    A guest who does not answer in time is deleted, as one who has never answered. Raises BadAddress.
    """
    with transaction.atomic():
        Subscriber.objects.filter(pk=subscriber.pk).update(confirmed_at=None, browsers=[], created=timezone.now())
        hold_back(subscriber, None)
    subscriber.refresh_from_db()
    return ask_for_proof(subscriber)
