"""One statement that makes rows or adds to those there are.

``bulk_create(update_conflicts=True)`` replaces the number instead: of two writers one would be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connections
from django.db.models import Model

CHUNK: Final = 100
"""Rows of one statement: with eight columns below the 999 parameters of an old SQLite."""


def add(
    model: type[Model], identity: Sequence[str], counter: str, rows: Mapping[tuple[Any, ...], int], using: str
) -> None:
    """Add each number to the row that its key names, in one statement; ``identity`` are the key's fields, all unique.

    Rows go in the order of their keys, so that two writers lock them in one order.
    """
    connection = connections[using]
    fields: list[Any] = [model._meta.get_field(name) for name in (*identity, counter)]
    quote = connection.ops.quote_name
    table, number = quote(model._meta.db_table), quote(fields[-1].column)
    columns = [quote(field.column) for field in fields]
    if connection.vendor == "mysql":
        tail = f"ON DUPLICATE KEY UPDATE {number} = {number} + VALUES({number})"
    else:
        unique = ", ".join(columns[:-1])
        tail = f"ON CONFLICT ({unique}) DO UPDATE SET {number} = {table}.{number} + excluded.{number}"
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {places} {tail}"  # noqa: S608  # names of ours only
    values = [
        field.get_db_prep_save(value, connection)
        for key in sorted(rows)
        for field, value in zip(fields, (*key, rows[key]), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
