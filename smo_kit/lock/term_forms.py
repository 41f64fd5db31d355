"""The part of a form that gives a file its terms: what an editor leaves empty is as the site has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from smo_kit.core.options import Option, field_for, field_name, is_chosen, options_in
from smo_kit.lock.conf import lock_settings


class TermsFormMixin:
    """A form of a model with ``options``: it has a field for each term, and keeps what was chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = self.terms_of_row()
        self.fields.update(term_fields(self.terms))  # type: ignore[attr-defined]
        own = self.instance.options  # type: ignore[attr-defined]
        self.initial.update({field_name(name): value for name, value in own.items()})  # type: ignore[attr-defined]

    def terms_of_row(self) -> list[Option]:
        """Return the settings as options of the row; a form may know better what is usual for it."""
        return usual_terms()

    def clean(self) -> dict[str, Any]:
        """Ask the settings about each value: they know what is wrong, and how a right one is kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[attr-defined, misc]
        for term in self.terms:
            if is_chosen(value := cleaned.get(term.field)):
                try:
                    cleaned[term.field] = lock_settings.accept(term.name, value)
                except ValueError as error:
                    self.add_error(term.field, str(error))  # type: ignore[attr-defined]
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Keep what was chosen, beside whatever is there and no setting."""
        cleaned: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        row = self.instance  # type: ignore[attr-defined]
        known = {term.name for term in self.terms}
        others = {name: value for name, value in row.options.items() if name not in known}
        chosen = {term.name: cleaned.get(term.field) for term in self.terms}
        row.options = others | {name: value for name, value in chosen.items() if is_chosen(value)}
        return super().save(commit)  # type: ignore[misc]


def usual_terms() -> list[Option]:
    """Return the settings as options: usual is what the site has."""
    return list(options_in(lock_settings, {}))


def term_fields(terms: Iterable[Option]) -> dict[str, forms.Field]:
    """Return a form field for each term."""
    return {term.field: field_for(term) for term in terms}
