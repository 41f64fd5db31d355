"""Texts that are said now and kept for readers of other languages.

Import ``gettext as _`` and ``ngettext`` from here: what they return is the text in the active language, and remembers
its message and what was put into it, so that ``spoken`` can say it again from the JSON of ``packed``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise

from smo_kit.core.text import clean

SAY: Final = "$say"
WITH: Final = "$with"
DAY: Final = "$day"
"""Keys of what is packed: no value has such a name."""


class Saying(str):
    """A text in the active language. Put values in by their names, ``_("…%(day)s") % {"day": day}``.

    Values are numbers, texts (cleaned), days (as the language writes them), other sayings, and lists of such: they are
    joined by commas.
    """

    __slots__ = ("number", "plural", "singular", "values")

    singular: str
    plural: str
    number: int
    values: dict[str, Any] | None

    def __new__(
        cls, singular: str, plural: str = "", number: int = 0, values: Mapping[str, Any] | None = None
    ) -> Saying:
        text = translation.ngettext(singular, plural, number) if plural else translation.gettext(singular)
        kept = None if values is None else {name: _kept(value) for name, value in values.items()}
        said = super().__new__(cls, text if kept is None else text % {name: _shown(one) for name, one in kept.items()})
        said.singular, said.plural, said.number, said.values = singular, plural, number, kept
        return said

    def __mod__(self, values: Any, /) -> str:
        if isinstance(values, Mapping):
            return Saying(self.singular, self.plural, self.number, values)
        text: str = str(self) % values
        return text


def gettext(message: str) -> str:
    """Return a message in the active language: a saying."""
    return Saying(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return a message that depends on a number in the active language: a saying."""
    return Saying(singular, plural, number)


def said(text: str | Promise) -> str:
    """Return a lazy text, such as the name of a model, as a saying where it is a message as it stands."""
    if not isinstance(text, Promise):
        return text
    with translation.override(None):
        message = str(text)
    saying = Saying(message)
    return saying if saying == str(text) else str(text)


def packed(thing: Any) -> Any:
    """Return a structure of dicts, lists and plain values as JSON in which the sayings are kept as messages."""
    if isinstance(thing, Saying):
        kept: dict[str, Any] = {SAY: [thing.singular]}
        if thing.plural:
            kept[SAY] += [thing.plural, thing.number]
        return kept if thing.values is None else kept | {WITH: packed(thing.values)}
    if isinstance(thing, dict):
        return {name: packed(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [packed(one) for one in thing]
    return {DAY: thing.isoformat()} if isinstance(thing, dt.date) else thing


def spoken(thing: Any) -> Any:
    """Return what was packed, its sayings in the active language."""
    if isinstance(thing, list):
        return [spoken(one) for one in thing]
    if not isinstance(thing, dict):
        return thing
    if SAY in thing:
        singular, *more = thing[SAY]
        plural, number = more or ("", 0)
        return Saying(singular, plural, number, spoken(thing.get(WITH)))
    if DAY in thing:
        return dt.date.fromisoformat(thing[DAY])
    return {name: spoken(value) for name, value in thing.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_kept(one) for one in value]
    if isinstance(value, Promise):
        return said(value)
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, Saying | int | float | dt.date) else clean(value)


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_shown(one)) for one in value)
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
