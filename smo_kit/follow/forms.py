"""The form of an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.follow.handles import handle_from
from smo_kit.follow.models import Account
from smo_kit.networks.registry import network, networks_that_can


def followable() -> list[tuple[str, Any]]:
    """Return id and name of every network where a site can have an account, by name."""
    return sorted(((one.id, one.name) for one in networks_that_can("follow")), key=lambda one: str(one[1]).lower())


class AccountForm(forms.ModelForm):
    """Offers living networks; takes a handle, or the address of the account pasted whole."""

    network = forms.ChoiceField(label=_("Network"))
    handle = forms.CharField(
        label=_("Account"), max_length=500, help_text=_("Its name in the network, or its address pasted whole.")
    )

    class Meta:
        model = Account
        fields = ["network", "handle", "title", "position", "is_shown"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = followable()

    def clean(self) -> dict[str, Any]:
        """Keep the bare handle."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        found = network(data.get("network", ""))
        if not (found and found.follow and data.get("handle")):
            return data
        try:
            data["handle"] = handle_from(found, data["handle"])
        except ValueError:
            sentence = _("%(network)s can have no such account. One looks like “%(example)s”.")
            values = {"network": found.name, "example": found.follow.example}
            self.add_error("handle", forms.ValidationError(sentence, params=values))
            return data
        same = Account.objects.filter(site_id=site_id(), network=found.id, handle=data["handle"])
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("handle", _("This account is in the list already."))
        return data
