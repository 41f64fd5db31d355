"""What follow hears: a changed account is seen at once in this process, or wherever the cache is shared."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from smo_kit.follow.models import Account
from smo_kit.follow.services import forget_accounts


def on_change(sender: Any, **kwargs: object) -> None:
    """Forget the accounts, on commit."""
    transaction.on_commit(forget_accounts, robust=True)


for signal in (post_save, post_delete):
    signal.connect(on_change, sender=Account, dispatch_uid=f"smo_kit.follow.{id(signal)}")
