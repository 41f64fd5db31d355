"""Apple, to sign in with. A reader may hide his address behind one at privaterelay.appleid.com."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Network

APPLE = Network(
    id="apple",
    name="Apple",
    colour="#000000",
    hosts=("appleid.apple.com",),
    login=Login(
        provider="apple",
        console="https://developer.apple.com/account/resources/identifiers/list/serviceId",
        as_of=dt.date(2026, 11, 26),
        source="developer.apple.com/documentation/signinwithapple; allauth 65.21 (which value it keeps where)",
        labels={
            "client_id": "Services ID",
            "secret": "Key ID",
            "key": "Team ID",
            "certificate_key": _("Private key (the file .p8)"),
        },
        gives_email="verified",
        needs_https=True,
        notes=(
            _("It needs a paid membership of the Apple Developer Program."),
            _("Apple sends its answer as a form (form_post) to an https address on a public domain, not to localhost."),
            _("Mail to hidden addresses arrives only from senders that you have registered with Apple."),
        ),
    ),
)
