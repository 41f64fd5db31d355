"""A form in which an editor gives terms to one lock, or one file: what he leaves empty is as the site has it."""

from __future__ import annotations

from typing import Any, Literal, get_origin, get_type_hints

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import Editing
from smo_kit.core.widgets import LinesField, OrderedChoiceField
from smo_kit.lock.conf import LockConf, lock_settings


class TermsFormMixin:
    """A form of a model with ``options``: it has a field for each term, and keeps what was chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(term_fields())  # type: ignore[attr-defined]
        own = self.instance.options  # type: ignore[attr-defined]
        self.initial.update({field_name(name): value for name, value in own.items()})  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask the settings about each value: they know what is wrong."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[attr-defined, misc]
        for name in lock_settings.editable:
            if is_chosen(value := cleaned.get(field_name(name))):
                try:
                    lock_settings.accept(name, value)
                except ValueError as error:
                    self.add_error(field_name(name), str(error))  # type: ignore[attr-defined]
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Keep what was chosen, beside whatever else is there."""
        cleaned: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        row = self.instance  # type: ignore[attr-defined]
        others = {name: value for name, value in row.options.items() if name not in lock_settings.editable}
        chosen = {name: cleaned.get(field_name(name)) for name in lock_settings.editable}
        row.options = others | {name: value for name, value in chosen.items() if is_chosen(value)}
        return super().save(commit)  # type: ignore[misc]


def term_fields() -> dict[str, forms.Field]:
    """Return a form field for each term."""
    kinds, now = get_type_hints(LockConf), lock_settings()
    editable = lock_settings.editable.items()
    return {field_name(name): _field(kinds[name], one, getattr(now, name)) for name, one in editable}


def field_name(term: str) -> str:
    """Return the name of a term in a form: none that a column of a table has."""
    return f"smo_{term}"


def is_chosen(value: Any) -> bool:
    """Say whether an editor has set a term: 0 is a choice."""
    return value not in (None, "", [], ())


def _field(kind: Any, editing: Editing, now: Any) -> forms.Field:
    words: dict[str, Any] = {"label": editing.label, "help_text": editing.help, "required": False}
    choices = editing.choices() if editing.choices else []
    if get_origin(kind) is tuple:
        return OrderedChoiceField(choices=choices, **words) if choices else LinesField(**words)
    if get_origin(kind) is Literal:
        as_site = format_lazy(_("As the site has it ({value})"), value=dict(choices).get(now, now))
        return forms.ChoiceField(choices=[("", as_site), *choices], **words)
    if kind is int:
        words["help_text"] = format_lazy(_("{help} Empty: as the site has it ({value})."), help=editing.help, value=now)
        return forms.IntegerField(**words)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}) if editing.multiline else None, **words)
