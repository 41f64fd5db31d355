"""The list of settings, from each app's ``conf.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field
from typing import Any

from sphinx.pycode import ModuleAnalyzer

from smo_kit.core.settings import AppSettings

from .words import plain


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
        where = "settings.py and admin" if editing else "settings.py"
        yield f"### `{name}`\n\nDefault: `{default_of(field)!r}` · {where}\n\n" + "\n\n".join(words)


def default_of(field: Field[Any]) -> object:
    """Return what holds where nothing is said."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def field_docs(conf: type) -> dict[str, str]:
    """Return what is written under each field of a dataclass and of those that it grew from, made Markdown."""
    found: dict[str, str] = {}
    for one in reversed(conf.__mro__[:-1]):
        comments = ModuleAnalyzer.for_module(one.__module__).find_attr_docs()
        found |= {name: " ".join(lines) for (owner, name), lines in comments.items() if owner == one.__name__}
    return {name: plain(text) for name, text in found.items()}
