"""What an editor says of one lock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from smo_kit.core.options import Option, field_name, options_in
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.models import Lock
from smo_kit.lock.term_forms import TermsFormMixin
from smo_kit.lock.terms import right_terms


class LockForm(TermsFormMixin, forms.ModelForm):
    """When a lock is closed, and its terms. What is left empty is as its tag, else as the site has it."""

    class Meta:
        model = Lock
        fields = ("is_on", "starts", "ends")

    class Media:
        css = {"all": ["smo_kit/core/admin.css", "smo_kit/lock/lock.css", "smo_kit/lock/desk.css"]}

    def terms_of_row(self) -> list[Option]:
        """Return them with what is usual for this lock."""
        return terms_of_form(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It must end after it begins."))
        return data


def terms_of_form(lock: Lock) -> list[Option]:
    """Return the settings of a lock as options: usual is what its tag says, where it was shown last."""
    spot = lock.last_spot if lock.pk else None
    return list(options_in(lock_settings, right_terms(spot.options) if spot else {}))


def form_class() -> type[LockForm]:
    """Return the form with a place for each setting: what is in it, the form itself knows."""
    places = {field_name(name): forms.Field(required=False) for name in lock_settings.editable}
    return type("LockForm", (LockForm,), {"__module__": __name__, **places})
