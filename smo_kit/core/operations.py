"""What migrations do to tables that are in use: nobody waits for them."""

from __future__ import annotations

from typing import Any

from django.db import NotSupportedError, models
from django.db.migrations import AddIndex, RemoveIndex


class AddIndexOnline(AddIndex):
    """Add an index while others write: ``CONCURRENTLY`` on PostgreSQL; MariaDB does it without being told.

    Its migration needs ``atomic = False`` and should do nothing else than make and remove indexes online. Done again
    after it was broken off, it goes on: what an earlier try has left is no error. Raises NotSupportedError in a
    transaction.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the index."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            make(model, self.index, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Remove the index."""
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            remove(model, self.index, schema_editor)


class RemoveIndexOnline(RemoveIndex):
    """Remove an index while others read and write, as AddIndexOnline makes one; its rules are the same."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Remove the index."""
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            remove(model, self._index_in(from_state, app_label), schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the index again."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            make(model, self._index_in(to_state, app_label), schema_editor)

    def _index_in(self, state: Any, app_label: str) -> models.Index:
        index: models.Index = state.models[app_label, self.model_name_lower].get_index_by_name(self.name)
        return index


def make(model: type[models.Model], index: models.Index, schema_editor: Any) -> None:
    """Make an index, unless it is there; on PostgreSQL, where a broken try leaves an invalid one, always anew."""
    if schema_editor.connection.vendor == "postgresql":
        remove(model, index, schema_editor)
        schema_editor.execute(index.create_sql(model, schema_editor, concurrently=True), params=None)
    elif schema_editor.collect_sql or not is_there(model, index, schema_editor):
        schema_editor.add_index(model, index)


def remove(model: type[models.Model], index: models.Index, schema_editor: Any) -> None:
    """Remove an index if it is there."""
    if schema_editor.connection.vendor == "postgresql":
        refuse_transaction(schema_editor)
        schema_editor.execute(index.remove_sql(model, schema_editor, concurrently=True))
    elif schema_editor.collect_sql or is_there(model, index, schema_editor):
        schema_editor.remove_index(model, index)


def is_there(model: type[models.Model], index: models.Index, schema_editor: Any) -> bool:
    """Say whether the table of a model has the index already."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        return index.name in connection.introspection.get_constraints(cursor, model._meta.db_table)


def refuse_transaction(schema_editor: Any) -> None:
    """Raise NotSupportedError in a transaction, where PostgreSQL can't work concurrently."""
    if schema_editor.connection.in_atomic_block and not schema_editor.collect_sql:
        raise NotSupportedError("An index can't be made or removed online in a transaction: write atomic = False.")
