"""The form of a reader's own server."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import host_name

SPECIAL_USE: Final = frozenset(
    {"alt", "arpa", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test"}
)
"""Top-level names that lead into the reader's own network, or nowhere (RFC 6761, RFC 6762, RFC 8375)."""

NO_NAME: Final = _("This is no name of a server. It looks like “social.example.org”.")


class ServerForm(forms.Form):
    """Asks for the name of a server; an address or an account pasted whole is understood."""

    server = forms.CharField(
        label=_("Your server"),
        help_text=_("Where your account is: “social.example.org”, or your whole address, “@me@social.example.org”."),
        max_length=300,
        error_messages={"required": _("Type the name of your server."), "max_length": NO_NAME},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "on", "inputmode": "url", "spellcheck": "false"}
        ),
    )

    def clean_server(self) -> str:
        """Return the host name in its ASCII form (``xn--…``)."""
        typed: str = self.cleaned_data["server"]
        try:
            host = host_name(typed)
        except ValueError:
            host = ""
        if not host or host.rpartition(".")[2] in SPECIAL_USE:
            raise forms.ValidationError(NO_NAME)
        return host
