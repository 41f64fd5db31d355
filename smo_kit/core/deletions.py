"""What an app does when an account is deleted, whether its person asked to be forgotten before or not.

Each app that keeps marks of accounts says so in its ``personal.py``: in rows that outlive the account they would seem
to be a guest's, and be another's where a database gives out a number twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.db.models.signals import pre_delete

from smo_kit.core.discovery import load_modules
from smo_kit.core.tables import is_migrated

_forgetters: Final[dict[type[Model], Callable[[Sequence[Any]], object]]] = {}


def register_forgetter(model: type[Model], forget: Callable[[Sequence[Any]], object]) -> None:
    """Have ``forget`` called with the primary keys of accounts before they are deleted; its rows are the model's."""
    _forgetters[model] = forget


def on_account_deleted(sender: Any, instance: Any, **kwargs: object) -> None:
    """Leave nothing of an account in rows that stay."""
    load_modules("personal")
    for model, forget in _forgetters.items():
        if is_migrated(model):
            forget([instance.pk])


pre_delete.connect(on_account_deleted, sender=get_user_model(), dispatch_uid="smo_kit.core.account_deleted")
