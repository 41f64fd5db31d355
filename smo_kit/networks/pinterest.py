"""Pinterest. A pin is a picture: ``media`` has to be absolute, and a tall one is seen best."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

COUNTRIES = (
    *("at", "ca", "ch", "cl", "co.kr", "co.uk", "com.au", "com.mx", "de", "dk"),
    *("es", "fr", "ie", "it", "jp", "nz", "ph", "pt", "ru", "se"),
)

PINTEREST = Network(
    id="pinterest",
    name="Pinterest",
    colour="#e60023",
    hosts=(
        "pinterest.com",
        "pin.it",
        *(f"pinterest.{country}" for country in COUNTRIES),
    ),
    share=ShareLink(
        "https://www.pinterest.com/pin/create/button/",
        {"url": "{url}", "media": "{image}", "description": "{text}"},
        shape="tall",
    ),
    follow=Follow("https://www.pinterest.com/{handle}/", handle=r"(?a)\w[\w-]{2,29}", example="shareworthy"),
    login=Login(
        provider="pinterest",
        console="https://developers.pinterest.com/apps/",
        as_of=dt.date(2026, 11, 26),
        source="developers.pinterest.com/docs/getting-started; how far trial access goes is unverified",
        labels={"client_id": "App ID", "secret": "App secret key"},
        gives_email="never",
        notes=(_("A business account asks for access; Pinterest looks at the application before it is given."),),
    ),
    # rdns unverified, 2026-11. "[Pinterest/iOS]" is a person inside its application.
    crawler=Crawler(agents=(r"\bpinterestbot/", r"\bpinterest/0\."), rdns=(".pinterest.com",), unconfirmed=True),
)
