"""Forms of the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smo_kit.core.emails import BadAddress
from smo_kit.mail.addresses import mark
from smo_kit.mail.kinds import all_kinds
from smo_kit.mail.models import Suppression


def _kind_choices() -> list[tuple[str, Any]]:
    return [("", _("all mail that the site need not send")), *((kind.id, kind.label) for kind in all_kinds())]


class SuppressionForm(forms.ModelForm):
    """Takes an address and keeps its mark alone."""

    address = forms.CharField(
        label=_("E-mail address"), help_text=_("Only a mark of it is kept: nobody can read the address here later.")
    )
    kind = forms.ChoiceField(label=_("kind"), choices=_kind_choices, required=False)

    class Meta:
        model = Suppression
        fields = ("kind",)

    def clean_address(self) -> str:
        """Return the mark."""
        try:
            return mark(self.cleaned_data["address"])
        except BadAddress as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        known = Suppression.objects.filter(mark=cleaned.get("address", ""), kind=cleaned.get("kind", ""))
        if known.exists():
            raise forms.ValidationError(_("This address is in the list already."))
        self.instance.mark = cleaned.get("address", "")
        self.instance.reason = "by hand"
        return cleaned
