"""Options: settings that may be chosen for one thing alone, such as a block. What is left empty is as usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, Editing
from smo_kit.core.widgets import ChoicesField, LinesField, OrderedChoiceField

BOOLS = {"True": True, "False": False}


@dataclass(frozen=True, slots=True)
class Option:
    """One option. ``kind`` is its annotation; ``usual`` what holds when it is left empty."""

    name: str
    kind: Any
    editing: Editing
    usual: Any = None
    by_tag: bool = False
    """Whether what is usual is what a tag in a template says; else the site has it so."""

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


def field_name(option: str) -> str:
    """Return the name of an option in a form: none that a column of any table has, now or later."""
    return f"smo_{option}"


def is_chosen(value: Any) -> bool:
    """Say whether an editor has set an option: False and 0 are choices."""
    return value not in (None, "", [], ())


def options_in(settings: AppSettings[Any], said: Mapping[str, Any]) -> Iterator[Option]:
    """Yield the settings that an editor may change as options of one thing, of which its tag has ``said`` some."""
    kinds, now = get_type_hints(settings.conf), settings()
    for name, editing in settings.editable.items():
        yield Option(name, kinds[name], editing, said.get(name, getattr(now, name)), by_tag=name in said)


def field_for(option: Option, *, is_required: bool = False) -> forms.Field:
    """Return the form field of an option. Empty stands for what is usual, which it names."""
    words: dict[str, Any] = {"label": option.editing.label, "help_text": option.editing.help, "required": is_required}
    if get_origin(option.kind) is tuple:
        return _list_field(option, words)
    if option.choices:
        choices = [("", _empty(option)), *((str(value), label) for value, label in option.choices)]
        return forms.TypedChoiceField(
            choices=choices, coerce=_as_bool if option.kind is bool else str, empty_value="", **words
        )
    words["help_text"] = _help(option)
    usual = {"placeholder": option.shown(option.usual)} if is_chosen(option.usual) else {}
    if option.kind is int:
        return forms.IntegerField(min_value=0, widget=forms.NumberInput(attrs=usual), **words)
    if option.editing.multiline:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5, **usual}), **words)
    return forms.CharField(widget=forms.TextInput(attrs=usual), **words)


def _list_field(option: Option, words: dict[str, Any]) -> forms.Field:
    words["help_text"] = _help(option)
    if not option.editing.choices:
        return LinesField(**words)
    if not option.editing.ordered:
        return ChoicesField(choices=option.choices, **words)
    return OrderedChoiceField(choices=option.choices, notes=option.editing.notes_now, **words)


def _empty(option: Option) -> Any:
    words = _("as its tag has it: {value}") if option.by_tag else _("as the site has it: {value}")
    return format_lazy(words, value=option.shown(option.usual))


def _help(option: Option) -> Any:
    if not is_chosen(option.usual):
        return option.editing.help
    words = (
        _("{help} Empty: as its tag has it, {value}.")
        if option.by_tag
        else _("{help} Empty: as the site has it, {value}.")
    )
    return format_lazy(words, help=option.editing.help, value=option.shown(option.usual))


def _as_bool(value: str) -> bool:
    return BOOLS[value]
