"""A newcomer's name, where the site's accounts have one field for it."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, TextField

from smo_kit.core.members import WHOLE_NAMES, field_of
from smo_kit.core.text import cut
from smo_kit.login.claims import NAME_LENGTH


def with_whole_name(user: Any, data: dict[str, Any]) -> Any:
    """Return an account that is to be, with what a network calls its owner in the field for it, if there is one.

    ``data`` are the fields of a person, their names tidied by ``claims.tidy_names``.
    """
    field = next((one for name in WHOLE_NAMES if (one := _text_of(user, name))), None)
    if field is not None and not getattr(user, field.name):
        setattr(user, field.name, cut(whole_name(data), NAME_LENGTH, room=field.max_length))
    return user


def whole_name(data: dict[str, Any]) -> str:
    """Return what a network calls a person in one; "" if it has not said."""
    return str(data["name"] or f"{data['first_name']} {data['last_name']}".strip())


def _text_of(user: Any, name: str) -> Any:
    """Return a field of an account's model; None if it has no such field, or one that is no text."""
    field = field_of(user, name)
    return field if isinstance(field, CharField | TextField) else None
