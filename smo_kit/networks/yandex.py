"""Yandex, to sign in with."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Network

YANDEX = Network(
    id="yandex",
    name=_("Yandex"),
    colour="#d92d10",  # brand #fc3f1d
    hosts=("oauth.yandex.ru", "oauth.yandex.com", "passport.yandex.ru", "passport.yandex.com"),
    login=Login(
        provider="yandex",
        pkce=True,
        console="https://oauth.yandex.ru/client/new",
        as_of=dt.date(2026, 11, 26),
        source="yandex.com/dev/id/doc/en/codes/code-url (PKCE); the rest unverified; allauth 65.21 takes every address "
        "as confirmed",
        labels={"client_id": "ClientID", "secret": "Client secret"},
        gives_email="verified",
        notes=(
            _("Choose “Web services” as platform, with the callback address as Redirect URI."),
            _("Tick the access to name and e-mail address (login:info, login:email): without it Yandex refuses."),
        ),
    ),
)
