"""TikTok, to be followed: a share starts only in its own application."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Follow, Network

TIKTOK = Network(
    id="tiktok",
    name="TikTok",
    colour="#000000",
    hosts=("tiktok.com",),
    follow=Follow("https://www.tiktok.com/@{handle}", handle=r"(?a)\w[\w.]{1,23}", example="shareworthy"),
    login=Login(
        provider="tiktok",
        console="https://developers.tiktok.com/apps/",
        as_of=dt.date(2026, 11, 26),
        source="developers.tiktok.com/doc/login-kit-web (https, review); allauth 65.21 (scopes)",
        labels={"client_id": "Client key", "secret": "Client secret"},
        gives_email="never",
        needs_https=True,
        notes=(
            _("Add the product Login Kit with the scopes user.info.basic and user.info.profile."),
            _("TikTok looks at the application before readers can use it."),
        ),
    ),
)
