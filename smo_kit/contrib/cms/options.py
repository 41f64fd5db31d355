"""The options of a block: which there are, of what type, and how an editor's choice reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.core.options import Option, is_chosen
from smo_kit.core.settings import Editing
from smo_kit.core.text import cut, one_line

WORDS = 60
"""Graphemes of a text that the structure board shows."""


def plugin_name(block: Block) -> str:
    """Return the name under which pages keep a block: ``SmoSharePlugin``."""
    return f"Smo{''.join(part.title() for part in block.name.replace('-', '_').split('_'))}Plugin"


def option_names(block: Block) -> list[str]:
    """Return the names of a block's options in the order of its form, its text first."""
    return list(dict.fromkeys([*([block.body] if block.body else []), *block.names]))


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


def accepted(block: Block, option: Option, value: Any) -> Any:
    """Return a value as the settings of the block's app want it. Raises ValueError with what is wrong."""
    known = block.settings is not None and option.name in block.settings.fields
    return block.settings.accept(option.name, value) if block.settings and known else value


def in_words(block: Block, options: Mapping[str, Any]) -> str:
    """Return what an editor chose, in a line for the structure board; "" when all is as the site has it."""
    chosen = [(one, options.get(one.name)) for one in options_of(block)]
    return " · ".join(cut(one_line(one.shown(value)), WORDS) for one, value in chosen if is_chosen(value))
