"""What personal links hear: an account is deleted, whether its person asked to be forgotten before or not."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import router
from django.db.models.signals import pre_delete

from smo_kit.core.tables import is_migrated
from smo_kit.share.models import PersonalLink
from smo_kit.share.sharers import links_of_members, take_out


def on_account_deleted(sender: Any, instance: Any, **kwargs: object) -> None:
    """Leave nothing of an account in its links: its mark would stay, and they would seem to be a guest's."""
    if is_migrated(PersonalLink):
        take_out(links_of_members([instance.pk]).using(router.db_for_write(PersonalLink)))


pre_delete.connect(on_account_deleted, sender=get_user_model(), dispatch_uid="smo_kit.share.account_deleted")
