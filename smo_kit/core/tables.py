"""Whether our tables are there yet: signals and settings are asked for while a site's first migrations run."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError, connections, router
from django.db.models import Model

_seen: Final[set[str]] = set()


def is_migrated(model: type[Model]) -> bool:
    """Say whether the model's table exists, without an error that would spoil a transaction under way."""
    if model._meta.db_table in _seen:
        return True
    try:
        tables = connections[router.db_for_read(model)].introspection.table_names()
    except DatabaseError:
        return False
    _seen.update(tables)
    return model._meta.db_table in _seen
