"""Tumblr. The one network whose readers do search by tags: they are passed on."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

TUMBLR = Network(
    id="tumblr",
    name="Tumblr",
    colour="#36465d",
    hosts=("tumblr.com", "tmblr.co"),
    share=ShareLink(
        "https://www.tumblr.com/widgets/share/tool",
        {"posttype": "link", "canonicalUrl": "{url}", "title": "{title}", "caption": "{text}", "tags": "{tags}"},
    ),
    follow=Follow("https://www.tumblr.com/{handle}", handle=r"[A-Za-z0-9][A-Za-z0-9-]{0,31}", example="shareworthy"),
    login=Login(
        provider="tumblr_oauth2",
        scopes=("basic",),  # allauth asks for "read", which Tumblr doesn't know
        console="https://www.tumblr.com/oauth/apps",
        as_of=dt.date(2026, 11, 26),
        source="tumblr.com/docs/en/api/v2 (scopes); that a request for an unknown scope fails is unverified",
        labels={"client_id": "OAuth Consumer Key", "secret": "Secret Key"},
        gives_email="never",
        notes=(
            _("The callback address goes into “OAuth2 redirect URLs”; “Default callback URL” is of the older OAuth."),
        ),
    ),
    crawler=Crawler(agents=(r"^tumblr/[\d.]+$",)),  # its application adds the name of the device
)
