"""GitHub, to be followed: a person, an organization or one repository."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Follow, Network

GITHUB = Network(
    id="github",
    name="GitHub",
    colour="#24292f",
    hosts=("github.com",),
    follow=Follow(
        "https://github.com/{handle}",
        handle=r"(?a)[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:/\w[\w.-]{0,99})?",
        example="django/django",
    ),
    login=Login(
        provider="github",
        pkce=True,
        console="https://github.com/settings/developers",
        as_of=dt.date(2026, 11, 26),
        source="docs.github.com on authorizing OAuth apps (PKCE, one callback URL)",
        gives_email="verified",
        notes=(_("Register an OAuth App; it has one callback URL, so each domain of yours needs an application."),),
    ),
)
