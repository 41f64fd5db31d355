"""X, once Twitter. A link counts 23 of 280 characters, whatever its length."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink
from smo_kit.networks.policies import RewardPolicy
from smo_kit.networks.previews import Colours, Cut, PictureRules, PreviewRules

X = Network(
    id="x",
    name="X",
    colour="#0f1419",
    hosts=("x.com", "twitter.com", "t.co"),
    share=ShareLink(
        "https://x.com/intent/tweet",
        {"text": "{text}", "url": "{url}", "hashtags": "{tags}", "via": "{via}"},
        limit=280,
        link_weight=23,  # docs.x.com/fundamentals/counting-characters, 2026-11
    ),
    follow=Follow("https://x.com/{handle}", handle=r"(?a)\w{1,15}", example="shareworthy"),
    account_meta={"twitter:site": "@{handle}"},
    login=Login(
        provider="twitter_oauth2",
        console="https://developer.x.com/en/portal/projects-and-apps",
        as_of=dt.date(2026, 11, 26),
        source="docs.x.com on OAuth 2.0 with PKCE; the names on its page are unverified",
        gives_email="never",
        notes=(
            _("Set up “User authentication settings” as a web app, and take the client ID and secret of OAuth 2.0."),
            _("The API key and its secret are of the older OAuth 1.0a: they don't work here."),
        ),
    ),
    # The whole string: Telegram's is "like TwitterBot", iMessage and others put the name into theirs.
    crawler=Crawler(
        agents=(r"^twitterbot/[\d.]+$",),
        rdns=(".twttr.com",),  # as lists of verified robots have it, 2026-11
        asns=(13414,),  # unverified, 2026-11
    ),
    reward_policy=RewardPolicy(
        verdict="forbidden",
        reason=_(
            "X forbids to pay for any action on it, with money or with anything else: posts, follows, reposts, likes, "
            "replies. What its readers do on your site, such as coming by a link, is no such action."
        ),
        as_of=dt.date(2026, 11, 26),
        source="docs.x.com, developer policy, “Pay to engage” (“you may not sell or receive monetary or virtual "
        "compensation for any X actions”)",
    ),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="developer.x.com/cards/markup and /cards/getting-started (fall-back to og:, sizes, robots.txt); "
        "the bytes that it reads are unverified",
        layout="overlay",
        agent="Twitterbot/1.0",
        reads=2_000_000,
        title=("twitter:title", "og:title"),
        title_cut=Cut(letters=70, lines=1, columns=44),
        description=("twitter:description", "og:description"),
        description_cut=Cut(letters=200, lines=2, columns=50),
        description_when="small",
        picture=("twitter:image", "twitter:image:src", "og:image"),
        pictures=PictureRules(smallest=(144, 144), large=(300, 157), weight=5_000_000, ratio=1.91, large_card=True),
        light=Colours("#ffffff", "#ffffff", "#f7f9f9", "#0f1419", "#536471", "#cfd9de", "#006fd6"),
        dark=Colours("#000000", "#000000", "#16181c", "#e7e9ea", "#83888d", "#2f3336", "#1d9bf0"),
        needs=("twitter:card", "twitter:title", "og:title"),
        robots="Twitterbot",
    ),
)
