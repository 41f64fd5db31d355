"""A newcomer's name, where the site's accounts have one field for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, TextField

from smo_kit.core.members import WHOLE_NAMES
from smo_kit.login.claims import name_of


def with_whole_name(user: Any, data: dict[str, Any]) -> Any:
    """Return an account that is to be, with what a network calls its owner in the field for it, if there is one."""
    field = next((name for name in WHOLE_NAMES if _is_text(user, name)), "")
    whole = data["name"] or f"{data['first_name']} {data['last_name']}".strip()
    if field and not getattr(user, field):
        setattr(user, field, name_of(whole, field))
    return user


def _is_text(user: Any, name: str) -> bool:
    try:
        return isinstance(user._meta.get_field(name), CharField | TextField)
    except FieldDoesNotExist:
        return False
