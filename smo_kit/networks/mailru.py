"""Mail.ru, to sign in with. allauth speaks its older interface, of sites that are registered at api.mail.ru."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Network

MAILRU = Network(
    id="mailru",
    name="Mail.ru",
    colour="#005ff9",
    hosts=("connect.mail.ru",),
    login=Login(
        provider="mailru",
        console="https://api.mail.ru/sites/my/",
        as_of=dt.date(2026, 11, 26),
        source="allauth 65.21; whether connect.mail.ru still takes new sites (oauth.mail.ru is newer) is unverified",
        labels={"client_id": "ID", "secret": _("Secret key")},
        gives_email="unverified",
        notes=(
            _("Register the site at api.mail.ru: values of oauth.mail.ru don't work here."),
            _("This interface of Mail.ru is old: try the sign-in before you show its button."),
        ),
    ),
)
