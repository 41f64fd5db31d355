"""What an editor says of one lock."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from smo_kit.core.options import Option, field_for, field_name, is_chosen, options_in
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.models import Lock
from smo_kit.lock.terms import right_terms

TEASER: Final = ("title", "text", "title_b", "text_b", "trial_minutes")
"""The settings that say what stands on the lock; the others say how it opens."""


class LockForm(forms.ModelForm):
    """When a lock is closed, and its terms. What is left empty is as its tag, else as the site has it."""

    class Meta:
        model = Lock
        fields = ("is_on", "starts", "ends")

    class Media:
        css = {"all": ["smo_kit/core/admin.css", "smo_kit/lock/lock.css", "smo_kit/lock/desk.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms_of_form(self.instance)
        for option in self.terms:
            self.fields[option.field] = field_for(option)
        self.initial.update({field_name(name): value for name, value in self.instance.options.items()})

    def clean(self) -> dict[str, Any]:
        """Ask the app about each term that was chosen: it knows what is wrong."""
        for option in self.terms:
            value = self.cleaned_data.get(option.field)
            if is_chosen(value):
                try:
                    self.cleaned_data[option.field] = lock_settings.accept(option.name, value)
                except ValueError as error:
                    self.add_error(option.field, str(error))
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It must end after it begins."))
        return self.cleaned_data

    def save(self, commit: bool = True) -> Lock:
        """Keep what was chosen, beside whatever is there and no setting."""
        known = {one.name for one in self.terms}
        others = {name: value for name, value in self.instance.options.items() if name not in known}
        chosen = {one.name: self.cleaned_data.get(one.field) for one in self.terms}
        self.instance.options = others | {name: value for name, value in chosen.items() if is_chosen(value)}
        saved: Lock = super().save(commit)
        return saved


def terms_of_form(lock: Lock) -> list[Option]:
    """Return the settings of a lock as options: usual is what its tag says, where it was shown last."""
    spot = lock.last_spot if lock.pk else None
    return list(options_in(lock_settings, right_terms(spot.options) if spot else {}))


def form_class() -> type[LockForm]:
    """Return the form with a place for each setting: what is in it, the form itself knows."""
    places = {field_name(name): forms.Field(required=False) for name in lock_settings.editable}
    return type("LockForm", (LockForm,), {"__module__": __name__, **places})
