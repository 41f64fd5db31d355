"""Form fields for lists: choices, in an order of the editor's own or in none, and lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from smo_kit.core.text import one_line

Choices = list[tuple[str, Any]]
Notes = Mapping[str, Any]
"""What is to be said of some of the choices."""


class OrderedChoices(forms.Widget):
    """A number beside each choice: those with a number are taken, in that order."""

    template_name = "smo_kit/core/ordered_choices.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Choices | None = None, notes: Notes | None = None
    ) -> None:
        super().__init__(attrs)
        self.choices = choices or []
        self.notes = notes or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        places = {one: place for place, one in enumerate(value or (), start=1)}
        ordered = sorted(self.choices, key=lambda choice: places.get(choice[0], len(self.choices) + 1))
        context["rows"] = [
            {"name": f"{name}-{one}", "label": label, "place": places.get(one, ""), "note": self.notes.get(one, "")}
            for one, label in ordered
        ]
        context["has_notes"] = any(row["note"] for row in context["rows"])
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[tuple[str, str]]:
        return [(one, data.get(f"{name}-{one}", "").strip()) for one, _ in self.choices]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{one}" in data for one, _ in self.choices)

    def id_for_label(self, id_: str) -> str:
        return ""


class OrderedChoiceField(forms.Field):
    """Some of the choices in the editor's order, as a tuple."""

    def __init__(self, *, choices: Choices, notes: Notes | None = None, **options: Any) -> None:
        super().__init__(widget=OrderedChoices(choices=choices, notes=notes), **options)

    def to_python(self, value: Any) -> tuple[str, ...]:
        numbered = [(place, one) for one, place in value or () if place]
        if wrong := [place for place, _ in numbered if not (place.isdecimal() and len(place) <= 4)]:
            raise ValidationError(
                _("%(place)s is no number: write 1 for the first, 2 for the second …") % {"place": wrong[0]}
            )
        return tuple(one for _, one in sorted(numbered, key=lambda pair: int(pair[0])))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return tuple(initial or ()) != self.to_python(data)

    def prepare_value(self, value: Any) -> Any:
        """Show an editor's wrong input again in the order he gave."""
        if value and isinstance(value[0], tuple):
            return tuple(one for one, place in value if place)
        return value


class ChoicesField(forms.MultipleChoiceField):
    """Some of the choices, whose order means nothing, as a tuple."""

    def __init__(self, *, choices: Choices, **options: Any) -> None:
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **options)

    def to_python(self, value: Any) -> Any:
        return tuple(super().to_python(value))


class LinesField(forms.CharField):
    """A tuple of words, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> Any:
        return tuple(filter(None, map(one_line, (super().to_python(value) or "").splitlines())))
