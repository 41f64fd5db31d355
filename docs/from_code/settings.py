"""The list of settings, from each app's ``conf.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field
from typing import Any, Final, get_args, get_type_hints

from sphinx.pycode import ModuleAnalyzer

from smo_kit.core.settings import AppSettings

from .words import plain

MOST: Final = 12
"""Values that are told one by one; of networks there are more, and they have a page."""


def settings_markdown() -> str:
    """Return a section for each app that has settings."""
    return "\n\n".join(_section(one) for _, one in sorted(AppSettings.registry.items()))


def _section(app: AppSettings[Any]) -> str:
    return "\n\n".join([f'## `SMO_KIT["{app.name}"]`', *_entries(app)])


def _entries(app: AppSettings[Any]) -> Iterator[str]:
    explained = field_docs(app.conf)
    for name, field in app.fields.items():
        editing = app.editable.get(name)
        words = [explained.get(name, "")] if explained.get(name) else []
        if editing:
            words.append(f"In the admin: *{editing.label}*. {editing.help}")
        words += filter(None, [values_of(app, name)])
        where = "settings.py and admin" if editing else "settings.py"
        yield f"### `{name}`\n\nDefault: `{default_of(field)!r}` · {where}\n\n" + "\n\n".join(words)


def default_of(field: Field[Any]) -> object:
    """Return what holds where nothing is said."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def values_of(app: AppSettings[Any], name: str) -> str:
    """Return a sentence that names the values of a setting; "" where they are not a few."""
    editing, given = app.editable.get(name), default_of(app.fields[name])
    if editing and editing.choices:
        values = [value for value, _ in editing.choices()]
    else:
        values = list(get_args(get_type_hints(app.conf)[name]))
    if not 1 < len(values) <= MOST or not all(isinstance(one, str) for one in values):
        return ""
    words = "Any of" if isinstance(given, tuple) else "One of"
    return f"{words} {', '.join(f'`{one}`' if one else 'nothing' for one in values)}."


def field_docs(conf: type) -> dict[str, str]:
    """Return what is written under each field of a dataclass and of those that it grew from, made Markdown."""
    found: dict[str, str] = {}
    for one in reversed(conf.__mro__[:-1]):
        comments = ModuleAnalyzer.for_module(one.__module__).find_attr_docs()
        found |= {name: " ".join(lines) for (owner, name), lines in comments.items() if owner == one.__name__}
    return {name: plain(text) for name, text in found.items()}
