"""Reddit. A post is a link and a title; communities dislike titles that advertise."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

REDDIT = Network(
    id="reddit",
    name="Reddit",
    colour="#d93900",  # brand #ff4500
    hosts=("reddit.com", "redd.it"),
    share=ShareLink("https://www.reddit.com/submit", {"url": "{url}", "title": "{title}"}),
    follow=Follow("https://www.reddit.com/{handle}/", handle=r"(?a)(?:r|u|user)/\w[\w-]{1,23}", example="r/django"),
    login=Login(
        provider="reddit",
        console="https://www.reddit.com/prefs/apps",
        as_of=dt.date(2026, 11, 26),
        source="Responsible Builder Policy (support.reddithelp.com); allauth 65.21 asks for no address",
        labels={"client_id": _("ID under the application's name"), "secret": "secret"},
        gives_email="never",
        notes=(
            _("Since November 2025 Reddit must approve a new application before it works: ask first."),
            _("Choose the type “web app”."),
        ),
    ),
    crawler=Crawler(agents=(r"\bredditbot/",)),
)
