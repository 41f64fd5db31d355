"""What follows when a download was saved or deleted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from smo_kit.lock.files.shelf import forget
from smo_kit.lock.models import Download


def on_save(sender: Any, instance: Download, **kwargs: object) -> None:
    """Have pages follow at once."""
    forget(instance)
    transaction.on_commit(lambda: forget(instance), robust=True)


def on_delete(sender: Any, instance: Download, **kwargs: object) -> None:
    """Delete the file with its row."""
    on_save(sender, instance)
    if name := instance.file.name:
        storage = instance.file.storage
        transaction.on_commit(lambda: storage.delete(name), robust=True)


post_save.connect(on_save, sender=Download, dispatch_uid="smo_kit.lock.files.saved")
post_delete.connect(on_delete, sender=Download, dispatch_uid="smo_kit.lock.files.deleted")
