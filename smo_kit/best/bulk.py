"""Rows of the index by the hundred thousand: written and deleted by the database alone, without news to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connections, router
from django.db.models import AutoField, Model, QuerySet
from django.db.models.constants import OnConflict

ASKED: Final = 2_000
"""Values that one question names at the most: SQLite takes 32,766, and all three databases plan so many well."""


def column_of(model: type[Model], name: str) -> str:
    """Return the column of a field."""
    field: Any = model._meta.get_field(name)
    return str(field.column)


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values, of the fields ``names``, are numbers and strings; other fields get their defaults."""
    _insert(model, names, rows, "")


def upsert(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    identity: Sequence[str],
    renewed: Sequence[str],
) -> None:
    """Do the same; a row that is there, by its unique fields ``identity``, gets the values of ``renewed`` instead."""
    connection = connections[router.db_for_write(model)]
    targets = connection.features.supports_update_conflicts_with_target
    new, unique = ([column_of(model, name) for name in part] for part in (renewed, identity if targets else ()))
    _insert(model, names, rows, connection.ops.on_conflict_suffix_sql([], OnConflict.UPDATE, new, unique))


def _insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]], tail: str) -> None:
    using = router.db_for_write(model)
    connection = connections[using]
    others = {
        field.name: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.name not in names and not isinstance(field, AutoField)
    }
    rest = tuple(others.values())
    every = [*names, *others]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column_of(model, name)) for name in every)
    places = ", ".join(["%s"] * len(every))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places}) {tail}"  # noqa: S608  # names of ours only
    values = [(*row, *rest) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def put(model: type[Model], identity: str, name: str, rows: Iterable[tuple[Any, Any]]) -> None:
    """Set one column of many rows: each a pair of the new value and that of ``identity``."""
    using = router.db_for_write(model)
    quote = connections[using].ops.quote_name
    column, key = (quote(column_of(model, one)) for one in (name, identity))
    sql = f"UPDATE {quote(model._meta.db_table)} SET {column} = %s WHERE {key} = %s"  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.executemany(sql, list(rows))


def delete(rows: QuerySet[Any]) -> int:
    """Delete rows by one statement; return how many. ``delete()`` would read each, for whoever hears of any model."""
    return int(rows._raw_delete(router.db_for_write(rows.model)) or 0)
