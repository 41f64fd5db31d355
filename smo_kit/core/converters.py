"""Parts of addresses that Django has no name for."""

from __future__ import annotations

from typing import Final

from django.urls import register_converter
from django.urls.converters import IntConverter

LARGEST_ID: Final = 2**31 - 1
"""The largest number that a key of a table has on every database: SQLite breaks at those of 20 digits."""


class IdConverter(IntConverter):
    """The number of a row; what no row can have is no address (404)."""

    def to_python(self, value: str) -> int:
        if len(value) > len(str(LARGEST_ID)) or int(value) > LARGEST_ID:
            raise ValueError(value)
        return int(value)


register_converter(IdConverter, "smo_id")
