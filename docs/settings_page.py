"""A Sphinx extension that writes the list of settings from each app's ``conf.py``, so that it can't grow stale.

It takes the place of the line ``<!-- settings -->`` in ``settings.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field
from typing import TYPE_CHECKING, Any, Final

from sphinx.pycode import ModuleAnalyzer

from smo_kit.core.settings import AppSettings

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PLACE: Final = "<!-- settings -->"


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx what to do with a page that it has read."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True}


def _fill(app: Sphinx, name: str, source: list[str]) -> None:
    source[0] = source[0].replace(PLACE, settings_markdown())


def settings_markdown() -> str:
    """Return a section for each app that has settings."""
    return "\n\n".join(_section(one) for _, one in sorted(AppSettings.registry.items()))


def _section(app: AppSettings[Any]) -> str:
    return "\n\n".join([f'## `SMO_KIT["{app.name}"]`', *_entries(app)])


def _entries(app: AppSettings[Any]) -> Iterator[str]:
    explained = _docstrings(app.conf)
    for name, field in app.fields.items():
        editing = app.editable.get(name)
        words = [explained.get(name, "")] if explained.get(name) else []
        if editing:
            words.append(f"In the admin: *{editing.label}*. {editing.help}")
        where = "settings.py and admin" if editing else "settings.py"
        yield f"### `{name}`\n\nDefault: `{_default(field)!r}` · {where}\n\n" + "\n\n".join(words)


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _docstrings(conf: type) -> dict[str, str]:
    """Return what is written under each field of a dataclass and of those that it grew from, made Markdown."""
    found: dict[str, str] = {}
    for one in reversed(conf.__mro__[:-1]):
        comments = ModuleAnalyzer.for_module(one.__module__).find_attr_docs()
        found |= {name: " ".join(lines) for (owner, name), lines in comments.items() if owner == one.__name__}
    return {name: text.replace("``", "`").strip() for name, text in found.items()}
