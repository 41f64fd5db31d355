"""Google, to sign in with."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Network

GOOGLE = Network(
    id="google",
    name="Google",
    colour="#1a6fe0",  # brand #4285f4
    hosts=("accounts.google.com",),
    login=Login(
        provider="google",
        pkce=True,
        console="https://console.cloud.google.com/auth/clients",
        as_of=dt.date(2026, 11, 26),
        source="developers.google.com/identity/protocols/oauth2/web-server (PKCE, https, publishing status)",
        gives_email="verified",
        needs_https=True,
        notes=(
            _("Make a client of the type “Web application” with the callback address as authorized redirect URI."),
            _("Publish the consent screen: while it is in testing only the test users that you name can sign in."),
        ),
    ),
)
