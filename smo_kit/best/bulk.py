"""Rows of the index by the hundred thousand: written and deleted by the database alone, without news to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet


def column_of(model: type[Model], name: str) -> str:
    """Return the column of a field."""
    field: Any = model._meta.get_field(name)
    return str(field.column)


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values are numbers and strings, as the columns of the fields ``names`` hold them."""
    using = router.db_for_write(model)
    quote = connections[using].ops.quote_name
    columns = ", ".join(quote(column_of(model, name)) for name in names)
    places = ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # names of ours only
    with connections[using].cursor() as cursor:
        cursor.executemany(sql, list(rows))


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
