"""The options of a block: which there are, of what type, and how an editor's choice reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.core.settings import Editing
from smo_kit.core.text import cut, one_line

WORDS = 60
"""Graphemes of a text that the structure board shows."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a block. ``kind`` is its annotation; ``usual`` what the site has when it is left empty."""

    name: str
    kind: Any
    editing: Editing
    usual: Any = None

    @property
    def field(self) -> str:
        """Its name in the form."""
        return field_name(self.name)

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        """The values there are with their labels, or nothing if any value is one."""
        if self.editing.choices:
            return list(self.editing.choices())
        if self.kind is bool:
            return [(True, gettext("yes")), (False, gettext("no"))]
        return [(one, str(one)) for one in get_args(self.kind) if isinstance(one, str)]

    def shown(self, value: Any) -> str:
        """Return a value as an editor reads it."""
        labels = {one: str(label) for one, label in self.choices}
        many = value if isinstance(value, tuple | list) else (value,)
        return ", ".join(labels.get(one, str(one)) for one in many)

    def accept(self, block: Block, value: Any) -> Any:
        """Return a value as the settings of the app want it. Raises ValueError with what is wrong."""
        known = block.settings is not None and self.name in block.settings.fields
        return block.settings.accept(self.name, value) if block.settings and known else value


def plugin_name(block: Block) -> str:
    """Return the name under which pages keep a block: ``SmoSharePlugin``."""
    return f"Smo{''.join(part.title() for part in block.name.replace('-', '_').split('_'))}Plugin"


def option_names(block: Block) -> list[str]:
    """Return the names of a block's options in the order of its form, its text first."""
    return list(dict.fromkeys([*([block.body] if block.body else []), *block.names]))


def field_name(option: str) -> str:
    """Return the name of an option in a form: none that a column of any plugin has, now or later."""
    return f"smo_{option}"


def options_of(block: Block) -> Iterator[Option]:
    """Yield the options of a block in the order of its form."""
    editings = block.options
    kinds = get_type_hints(block.settings.conf) if block.settings else {}
    now = block.settings() if block.settings else None
    for name in option_names(block):
        if name in editings:
            yield Option(name, kinds.get(name, str), editings[name], getattr(now, name, ""))
        else:
            yield Option(name, str, Editing(_("Text"), "", multiline=True))


def is_chosen(value: Any) -> bool:
    """Say whether an editor has set an option: False and 0 are choices."""
    return value not in (None, "", [], ())


def in_words(block: Block, options: Mapping[str, Any]) -> str:
    """Return what an editor chose, in a line for the structure board; "" when all is as the site has it."""
    chosen = [(one, options.get(one.name)) for one in options_of(block)]
    return " · ".join(cut(one_line(one.shown(value)), WORDS) for one, value in chosen if is_chosen(value))
