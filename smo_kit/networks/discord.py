"""Discord. One follows by an invitation: make one that never expires."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network
from smo_kit.networks.previews import Colours, Cut, PictureRules, PreviewRules

DISCORD = Network(
    id="discord",
    name="Discord",
    colour="#5865f2",
    hosts=("discord.com", "discord.gg", "discordapp.com"),
    follow=Follow("https://discord.gg/{handle}", handle=r"[A-Za-z0-9](?:-?[A-Za-z0-9]){1,31}", example="xcRH6mN4fa"),
    login=Login(
        provider="discord",
        console="https://discord.com/developers/applications",
        as_of=dt.date(2026, 11, 26),
        source="discord.com/developers/docs/topics/oauth2; allauth 65.21 believes what it says of addresses",
        gives_email="verified",
        notes=(_("Both values and the list of redirects are on the application's page OAuth2; a bot is not needed."),),
    ),
    crawler=Crawler(agents=(r"\bdiscordbot/",)),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="discord.com/developers/docs/resources/message (embeds: 256 letters of title); "
        "github.com/dylanpdx/BetterTwitFix/issues/61 (340 of description); the bytes that it reads are unverified",
        layout="embed",
        agent="Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        reads=512_000,
        title=("og:title", "twitter:title", "<title>"),
        title_cut=Cut(letters=256),
        description=("og:description", "twitter:description", "description"),
        description_cut=Cut(letters=340),
        picture=("og:image", "twitter:image", "twitter:image:src"),
        pictures=PictureRules(smallest=(1, 1), large=(300, 157), weight=8_000_000, large_card=True),
        site=("og:site_name",),
        light=Colours("#ffffff", "#ffffff", "#f2f3f5", "#313338", "#5c5e66", "#e3e5e8", "#0060cc"),
        dark=Colours("#313338", "#313338", "#2b2d31", "#dbdee1", "#b5bac1", "#1e1f22", "#00a8fc"),
        needs=("og:title", "twitter:title", "og:description", "twitter:description", "description", "og:image"),
    ),
)
