"""The form of an app's settings, made from its ``conf.py``."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin, get_type_hints

from django import forms
from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.models import Settings
from smo_kit.core.settings import AppSettings, Editing, site_id
from smo_kit.core.widgets import ChoicesField, LinesField, OrderedChoiceField


class SettingsForm(forms.Form):
    """What an editor may set for one app. Only what differs from the code is saved."""

    def __init__(self, app: AppSettings[Any], data: QueryDict | None = None) -> None:
        now, code = app(), app.in_code()
        super().__init__(data, initial={name: getattr(now, name) for name in app.editable}, label_suffix="")
        self.app = app
        types = get_type_hints(app.conf)
        for name, editing in app.editable.items():
            self.fields[name] = field_for(types[name], editing, getattr(code, name))

    def clean(self) -> dict[str, Any]:
        """Ask the app about each value: it knows what is wrong."""
        for name, value in list(self.cleaned_data.items()):
            try:
                self.cleaned_data[name] = self.app.accept(name, value)
            except ValueError as error:
                self.add_error(name, str(error))
        return self.cleaned_data

    def save(self) -> Settings:
        """Save what differs from the code, beside whatever is there and unknown."""
        code = self.app.in_code()
        differing = {name: value for name, value in self.cleaned_data.items() if value != getattr(code, name)}
        return save_settings(self.app, differing)


def save_settings(app: AppSettings[Any], values: dict[str, Any]) -> Settings:
    """Save an editor's values for an app, in place of all that he had set before; {} goes back to the code's."""
    with transaction.atomic():
        row, _ = Settings.objects.select_for_update().get_or_create(site_id=site_id(), app=app.name)
        unknown = {name: value for name, value in row.data.items() if name not in app.editable}
        row.data = {**unknown, **values}
        row.version = F("version") + 1
        row.save()
    row.refresh_from_db()
    return row


def field_for(kind: Any, editing: Editing, default: Any) -> forms.Field:
    """Return the form field for a setting of this type."""
    options: dict[str, Any] = {"label": editing.label, "help_text": _help(editing, default), "required": False}
    choices = editing.choices() if editing.choices else [(one, str(one)) for one in get_args(kind)]
    if get_origin(kind) is tuple:
        if not editing.choices:
            return LinesField(**options)
        if not editing.ordered:
            return ChoicesField(choices=choices, **options)
        return OrderedChoiceField(choices=choices, notes=editing.notes_now, **options)
    if get_origin(kind) is Literal or editing.choices:
        return forms.ChoiceField(choices=choices, **{**options, "required": True})
    if kind is bool:
        return forms.BooleanField(**options)
    if kind is int:
        return forms.IntegerField(**{**options, "required": True})
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}) if editing.multiline else None, **options)


def _help(editing: Editing, default: Any) -> Any:
    return format_lazy("{} {}", editing.help, format_lazy(_("Default: {default}."), default=_shown(editing, default)))


def _shown(editing: Editing, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    labels = dict(editing.choices()) if editing.choices else {}
    many = value if isinstance(value, tuple) else (value,)
    return ", ".join(str(labels.get(one, one)) for one in many) or gettext("empty")
