"""Microsoft, to sign in with: accounts of people, of work and of school."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Network

MICROSOFT = Network(
    id="microsoft",
    name="Microsoft",
    colour="#737373",  # the grey of its name: its four squares have a colour each
    hosts=("login.microsoftonline.com", "login.live.com"),
    login=Login(
        provider="microsoft",
        pkce=True,
        console="https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
        as_of=dt.date(2026, 11, 26),
        source="learn.microsoft.com/entra/identity-platform (quickstart-register-app, reply-url, PKCE); "
        "an address may be any that an administrator has typed, so allauth 65.21 takes none as confirmed",
        labels={"client_id": _("Application (client) ID"), "secret": _("Client secret (its value)")},
        gives_email="unverified",
        needs_https=True,
        secret_expires=True,
        notes=(
            _("A client secret runs out after at most 24 months: note the day, and make a new one before it."),
            _("Copy the value of the secret, not its ID: it is shown once."),
            _("Register for accounts of any organization and personal ones, unless your settings name a tenant."),
        ),
    ),
)
