"""LinkedIn. It reads only the address; the older ``shareArticle`` with a title is on its way out."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink
from smo_kit.networks.previews import Colours, Cut, PictureRules, PreviewRules

LINKEDIN = Network(
    id="linkedin",
    name="LinkedIn",
    colour="#0a66c2",
    hosts=("linkedin.com", "lnkd.in"),
    share=ShareLink("https://www.linkedin.com/sharing/share-offsite/", {"url": "{url}"}),
    follow=Follow(
        "https://www.linkedin.com/{handle}/",
        handle=r"(?a)(?:company|showcase|school|in)/\w[\w-]{1,99}",
        example="company/shareworthy",
    ),
    login=Login(
        # allauth's linkedin_oauth2 asks api.linkedin.com/v2/me, which new applications may not call.
        provider="openid_connect",
        server="https://www.linkedin.com/oauth",
        console="https://www.linkedin.com/developers/apps",
        as_of=dt.date(2026, 11, 26),
        source="learn.microsoft.com/linkedin/consumer, sign-in-with-linkedin-v2; that it refuses http is unverified",
        gives_email="verified",
        needs_https=True,
        notes=(
            _("An application belongs to a LinkedIn page: make one for your company first."),
            _("Ask for the product “Sign In with LinkedIn using OpenID Connect” in the application."),
        ),
    ),
    # Both unverified, 2026-11.
    crawler=Crawler(agents=("linkedinbot",), rdns=(".linkedin.com",), asns=(14413,), unconfirmed=True),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="linkedin.com/help/linkedin/answer/a521928 (tags, 1.91:1, 401 px, 5 MB); "
        "the bytes that it reads are unverified",
        layout="plate",
        agent="LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        reads=3_000_000,
        title=("og:title", "<title>"),
        title_cut=Cut(letters=200, lines=2, columns=46),
        picture=("og:image", "<img>"),
        pictures=PictureRules(
            smallest=(100, 100), large=(401, 210), weight=5_000_000, formats=("JPEG", "PNG", "GIF"), ratio=1.91
        ),
        light=Colours("#f4f2ee", "#ffffff", "#edf3f8", "#191919", "#5e5e5e", "#e0dfdc", "#0a66c2"),
        dark=Colours("#000000", "#1b1f23", "#38434f", "#f3f3f3", "#b5babf", "#3a4047", "#71b7fb"),
        robots="LinkedInBot",
    ),
)
