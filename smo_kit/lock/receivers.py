"""What locks hear: an editor changed one, or a page has a new one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from smo_kit.lock.head import forget_closed
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.terms import forget


def on_lock(sender: Any, instance: Lock, created: bool = False, **kwargs: object) -> None:
    """Have the terms of a lock read anew."""
    if not created:
        forget(instance)
    _forget_closed(instance)


def on_spot(sender: Any, instance: Spot, created: bool = True, **kwargs: object) -> None:
    """Have the head of a page say that there is a lock, or none any more."""
    if created:
        _forget_closed(instance.lock)


def _forget_closed(lock: Lock) -> None:
    forget_closed(lock.key)
    transaction.on_commit(lambda: forget_closed(lock.key), robust=True)


for signal in (post_save, post_delete):
    signal.connect(on_lock, sender=Lock, dispatch_uid=f"smo_kit.lock.lock.{id(signal)}")
    signal.connect(on_spot, sender=Spot, dispatch_uid=f"smo_kit.lock.spot.{id(signal)}")
