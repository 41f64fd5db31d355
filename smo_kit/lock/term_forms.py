"""The part of a form that gives a file its terms: what an editor leaves empty is as the site has it."""

from __future__ import annotations

from typing import Any

from django import forms

from smo_kit.core.options import field_for, field_name, is_chosen, options_in
from smo_kit.lock.conf import lock_settings


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
    return {option.field: field_for(option) for option in options_in(lock_settings, {})}
