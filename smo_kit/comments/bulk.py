"""Many rows at once, where Django's own ways are too slow or don't know tables that inherit from another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Model


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of numbers and flags into a model's own table, and into none that it inherits from."""
    _execute(model, "INSERT INTO {table} ({columns}) VALUES ({values})", columns, rows)


def update_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Change columns of a model's own table: each row has their values, and the primary key last."""
    _execute(model, "UPDATE {table} SET {pairs} WHERE {pk} = %s", columns, rows)


def _execute(model: type[Model], sql: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    found = list(rows)
    if not found:
        return
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    pk = model._meta.pk
    words = {
        "table": quote(model._meta.db_table),
        "columns": ", ".join(map(quote, columns)),
        "values": ", ".join("%s" for _ in columns),
        "pairs": ", ".join(f"{quote(one)} = %s" for one in columns),
        "pk": quote(pk.column or "") if pk else "",
    }
    with connection.cursor() as cursor:
        cursor.executemany(sql.format(**words), found)
