"""Weibo. It takes the picture from the link, ``pic``, not from the page."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Follow, Network, ShareLink

WEIBO = Network(
    id="weibo",
    name="Weibo",
    colour="#e6162d",
    hosts=("weibo.com", "weibo.cn", "t.cn"),
    share=ShareLink("https://service.weibo.com/share/share.php", {"url": "{url}", "title": "{text}", "pic": "{image}"}),
    follow=Follow("https://weibo.com/{handle}", handle=r"(?a)(?:u/)?\w{2,40}", example="u/1234567890"),
    login=Login(
        provider="weibo",
        console="https://open.weibo.com/",
        as_of=dt.date(2026, 11, 26),
        source="allauth 65.21; all else is unverified",
        labels={"client_id": "App Key", "secret": "App Secret"},
        gives_email="never",
        notes=(_("Weibo wants the identity of the developer proved, and its pages are in Chinese."),),
    ),
)
