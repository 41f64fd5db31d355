"""The form in which an editor gives a page words of his own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smo_kit.core.cards import Card
from smo_kit.meta.designs import design_choices
from smo_kit.meta.focus import focus_choices
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import clear_words, save_words
from smo_kit.meta.recipes import CUT
from smo_kit.meta.uploads import PictureFormMixin


class OverrideForm(PictureFormMixin, forms.ModelForm):
    """Words for one page in one language. Placeholders show the object's own."""

    class Meta:
        model = Override
        fields = ("title", "description", "image", "image_alt", "focus", "template")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("Networks show about 60 letters. Empty: the object's own title."),
            "description": _("Networks show about 200 letters. Empty: the object's own description."),
            "image": _("JPEG or PNG of 1200 × 630 pixels. Empty: the object's own picture, or a drawn one."),
            "image_alt": _("For those who can't see it. Empty: the title."),
            "focus": _("Some networks show squares or upright pictures: what should be in the middle of them?"),
            "template": _("Draws a picture with the title, on the page's own picture if the template shows one."),
        }

    def __init__(self, *args: Any, own: Card | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus"] = _choices(self.fields["focus"], focus_choices())
        self.fields["template"] = _choices(self.fields["template"], template_choices(self.instance.template))
        if own is not None:
            self.fields["title"].widget.attrs["placeholder"] = own.title
            self.fields["description"].widget.attrs["placeholder"] = own.summary

    def save(self, commit: bool = True) -> Override:
        """Save the words, or go back to the object's own if nothing is filled in."""
        words = {**self.cleaned_data, "image": self.cleaned_data["image"] or ""}
        instance: Override = self.instance
        if not any(words.values()):
            clear_words(instance.key)
            return instance
        return save_words(instance.key, **words)


def template_choices(current: str = "") -> list[tuple[str, Any]]:
    """Return what an editor may choose for one page; a name that is no longer known stays until he changes it."""
    known = [("", _("as the site's settings say")), (CUT, _("the picture without words")), *design_choices()]
    return known if current in dict(known) else [*known, (current, current)]


def _choices(field: forms.Field, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, required=False, label=field.label, help_text=field.help_text)
