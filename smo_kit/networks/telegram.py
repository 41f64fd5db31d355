"""Telegram. The text goes after the link, and the preview is frozen at the moment of sending."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink, Widget
from smo_kit.networks.previews import ABOUT_1_MB, Colours, Cut, PictureRules, PreviewRules

TELEGRAM = Network(
    id="telegram",
    name="Telegram",
    colour="#007cbb",  # brand #0088cc
    hosts=("t.me", "telegram.me", "telegram.org", "telegram.dog"),
    share=ShareLink("https://t.me/share/url", {"url": "{url}", "text": "{text}"}),  # core.telegram.org/widgets/share
    follow=Follow(
        "https://t.me/{handle}",
        handle=r"(?a)(?:s/)?(?P<handle>[A-Za-z]\w{3,31}|\+[A-Za-z0-9_-]{8,32})",  # t.me/s/name is its preview
        example="shareworthy",
    ),
    widgets=(  # core.telegram.org/widgets/post; a channel as a whole may not be framed
        Widget(
            what="post",
            pattern=r"(?a)(?:t|telegram)\.me/(?:s/)?(?P<channel>[A-Za-z]\w{3,31})/(?P<id>\d{1,12})/?(?:\?.*)?",
            frame="https://t.me/{channel}/{id}?embed=1",
            example="https://t.me/shareworthy/12",
        ),
    ),
    login=Login(
        provider="telegram",
        console="https://t.me/botfather",
        as_of=dt.date(2026, 11, 26),
        source="core.telegram.org/widgets/login (/setdomain); allauth 65.21 (its own script); https unverified",
        labels={"client_id": _("ID of the bot"), "secret": _("Token of the bot")},
        gives_email="never",
        needs_https=True,
        needs_script=True,
        notes=(
            _("Make a bot with @BotFather; its id is the number before the colon of its token."),
            _("Tell @BotFather the domain of the site with /setdomain: Telegram sends readers back to no other."),
        ),
    ),
    crawler=Crawler(
        agents=("telegrambot",),
        rdns=(".telegram.org",),
        ranges="https://core.telegram.org/resources/cidr.txt",
        asns=(62041,),  # unverified, 2026-11
    ),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="telegramdesktop/tdesktop, history_view_web_page.cpp (five lines in all, two of them the title; "
        "a picture beside the words unless the page asks for a large one); fields, bytes and 255 letters unverified",
        layout="quote",
        agent="TelegramBot (like TwitterBot)",
        reads=ABOUT_1_MB,
        title=("og:title", "twitter:title", "<title>"),
        title_cut=Cut(lines=2, columns=36),
        description=("og:description", "twitter:description", "description"),
        description_cut=Cut(letters=255, lines=3, columns=40),
        lines=5,
        picture=("og:image", "twitter:image", "twitter:image:src", "link:image_src"),
        pictures=PictureRules(smallest=(50, 50), large=(300, 157), weight=5_000_000, large_card=True),
        site=("og:site_name", "host"),
        light=Colours("#cddcbf", "#ffffff", "#eef6fc", "#000000", "#707579", "#d9e9f5", "#0f7ac0"),
        dark=Colours("#0e1621", "#182533", "#1e3145", "#f5f5f5", "#7d8e9f", "#2b3f55", "#6ab3f3"),
    ),
)
