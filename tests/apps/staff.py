"""People who may enter the admin."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

_numbers = count(1)


def staff(*permissions: str, app: str = "", name: str = "") -> Any:
    """Make somebody who may enter the admin and nothing else but this: ``app.codename``, or codenames of ``app``."""
    user = get_user_model().objects.create_user(name or f"staff{next(_numbers)}", password="pw", is_staff=True)
    for one in permissions:
        of, _, codename = one.rpartition(".")
        user.user_permissions.add(Permission.objects.get(codename=codename, content_type__app_label=of or app))
    return user


def browser_of(user: Any) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client
