"""What migrations do to tables that are in use: nobody waits for them."""

from __future__ import annotations

from typing import Any

from django.db import NotSupportedError
from django.db.migrations import AddIndex


class AddIndexOnline(AddIndex):
    """Add an index while others write: ``CONCURRENTLY`` on PostgreSQL; MariaDB does it without being told.

    Its migration needs ``atomic = False`` and should do nothing else. Raises NotSupportedError without.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the index."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            self._refuse_transaction(schema_editor)
            schema_editor.execute(self.index.create_sql(model, schema_editor, concurrently=True), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Remove the index."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            self._refuse_transaction(schema_editor)
            schema_editor.execute(self.index.remove_sql(model, schema_editor, concurrently=True))

    @staticmethod
    def _refuse_transaction(schema_editor: Any) -> None:
        if schema_editor.connection.in_atomic_block and not schema_editor.collect_sql:
            raise NotSupportedError("AddIndexOnline can't be done in a transaction: write atomic = False.")
