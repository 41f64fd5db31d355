"""Twitch, to be followed: names are 3 to 25 letters, digits and underscores."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Follow, Network

TWITCH = Network(
    id="twitch",
    name="Twitch",
    colour="#9146ff",
    hosts=("twitch.tv",),
    follow=Follow("https://www.twitch.tv/{handle}", handle=r"(?a)\w{3,25}", example="shareworthy"),
    login=Login(
        provider="twitch",
        console="https://dev.twitch.tv/console/apps",
        as_of=dt.date(2026, 11, 26),
        source="dev.twitch.tv/docs/authentication/register-app; allauth 65.21 takes no address as confirmed",
        gives_email="unverified",
        needs_https=True,
        notes=(
            _("Your Twitch account needs two-factor authentication before it can register an application."),
            _("Choose the client type “Confidential”; the secret is shown once."),
        ),
    ),
)
