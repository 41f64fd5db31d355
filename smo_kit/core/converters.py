"""Parts of addresses that Django has no name for."""

from __future__ import annotations

from typing import Final

from django.urls import register_converter
from django.urls.converters import IntConverter

DIGITS: Final = 18
"""Every database takes numbers of so many."""
LARGEST_ID: Final = 2**31 - 1
"""The largest number that a key of a table has on every database: SQLite breaks at those of 20 digits."""


def id_in(text: str) -> int:
    """Return the id that a form or an address gives; 0, which nothing has, for what can be none on every database."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


class IdConverter(IntConverter):
    """The number of a row; what no row can have is no address (404)."""

    def to_python(self, value: str) -> int:
        if len(value) > len(str(LARGEST_ID)) or int(value) > LARGEST_ID:
            raise ValueError(value)
        return int(value)


register_converter(IdConverter, "smo_id")
