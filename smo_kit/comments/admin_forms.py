"""Forms of the admin: a comment's text, a note, and what a page's discussion has otherwise than the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.conf import CommentsConf, comments_settings
from smo_kit.comments.discussions import OF_A_PAGE, WHO
from smo_kit.comments.drafts import right_text
from smo_kit.comments.models import Discussion
from smo_kit.core.access_conf import access_settings
from smo_kit.core.refusals import Refused
from smo_kit.core.settings import AppSettings

OPTIONS: Final[Mapping[str, tuple[AppSettings[Any], str]]] = {
    WHO: (access_settings, "comment"),
    **{name: (comments_settings, name) for name in OF_A_PAGE},
}
"""What a page may have otherwise than the site, and which setting of the site that is."""


class TextForm(forms.Form):
    """A comment's text, changed by a moderator."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}))

    def __init__(self, *args: Any, conf: CommentsConf, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})
        self.conf = conf

    def clean_text(self) -> str:
        try:
            return right_text(self.cleaned_data["text"], self.conf)
        except Refused as error:
            raise forms.ValidationError(str(error.sentence)) from error


class NoteForm(forms.Form):
    """A moderator's note."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("For moderators; readers never see it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


class DiscussionForm(forms.ModelForm):
    """Whether a discussion is open, and its own settings. What is left empty is as the site has it."""

    is_open = forms.TypedChoiceField(
        label=_("Open"),
        choices=[("", _("As the settings say")), ("1", _("Open")), ("0", _("Closed"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        help_text=_("A closed discussion is still shown; nobody can write there."),
    )

    class Meta:
        model = Discussion
        fields = ("is_open",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_open"] = {None: "", True: "1", False: "0"}[self.instance.is_open]
        for name in OPTIONS:
            self.fields[name] = _field(name)
            self.initial[name] = self.instance.options.get(name)

    def clean(self) -> dict[str, Any]:
        """Ask the settings about each value: they know what is wrong."""
        cleaned = super().clean() or {}
        for name, (app, setting) in OPTIONS.items():
            value = cleaned.get(name)
            if value in {None, ""}:
                continue
            try:
                cleaned[name] = app.accept(setting, value)
            except ValueError as error:
                self.add_error(name, str(error))
        return cleaned

    def save(self, commit: bool = True) -> Discussion:
        """Save, in the row's options, what the page has of its own, beside whatever else is there."""
        others = {name: value for name, value in self.instance.options.items() if name not in OPTIONS}
        own = {name: self.cleaned_data[name] for name in OPTIONS if self.cleaned_data.get(name) not in {None, ""}}
        self.instance.options = {**others, **own}
        discussion: Discussion = super().save(commit)
        return discussion


def _field(name: str) -> forms.Field:
    app, setting = OPTIONS[name]
    editing, now = app.editable[setting], getattr(app(), setting)
    options: dict[str, Any] = {"label": editing.label, "required": False}
    if editing.choices is None:
        help_text = format_lazy(_("{help} Empty: as the site has it ({value})."), help=editing.help, value=now)
        return forms.IntegerField(help_text=help_text, **options)
    choices = editing.choices()
    as_site = format_lazy(_("As the site has it ({value})"), value=dict(choices).get(now, now))
    return forms.ChoiceField(choices=[("", as_site), *choices], help_text=editing.help, **options)
