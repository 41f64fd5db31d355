"""One statement that makes rows or adds to those there are.

``bulk_create(update_conflicts=True)`` replaces the number instead: of two writers one would be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from django.db import connections
from django.db.models import Model

CHUNK: Final = 100
"""Rows of one statement: with eight columns below the 999 parameters of an old SQLite."""


Key: TypeAlias = tuple[Any, ...]


def add(model: type[Model], identity: Sequence[str], counter: str, rows: Mapping[Key, int], using: str) -> None:
    """Add each number to the row that its key names, in one statement; ``identity`` are the key's fields, all unique.

    Rows go in the order of their keys, so that two writers lock them in one order.
    """
    add_each(model, identity, (counter,), {key: (n,) for key, n in rows.items()}, using)


def add_each(
    model: type[Model],
    identity: Sequence[str],
    counters: Sequence[str],
    rows: Mapping[Key, Sequence[int]],
    using: str,
) -> None:
    """Do the same for rows that have several counters, which get a number each."""
    connection = connections[using]
    fields: list[Any] = [model._meta.get_field(name) for name in (*identity, *counters)]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(field.column) for field in fields]
    unique, numbers = columns[: len(identity)], columns[len(identity) :]
    if connection.vendor == "mysql":
        tail = "ON DUPLICATE KEY UPDATE " + ", ".join(f"{one} = {one} + VALUES({one})" for one in numbers)
    else:
        sums = ", ".join(f"{one} = {table}.{one} + excluded.{one}" for one in numbers)
        tail = f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {sums}"
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {places} {tail}"  # noqa: S608  # names of ours only
    values = [
        field.get_db_prep_save(value, connection)
        for key in sorted(rows)
        for field, value in zip(fields, (*key, *rows[key]), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
