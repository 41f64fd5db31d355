"""Odnoklassniki. Its crawler signs as ``OdklBot`` from the old domain, odnoklassniki.ru."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

OK = Network(
    id="ok",
    name=_("Odnoklassniki"),
    colour="#bd5b00",  # brand #ee8208
    hosts=("ok.ru", "ok.me", "odnoklassniki.ru"),
    share=ShareLink(
        "https://connect.ok.ru/offer",
        {"url": "{url}", "title": "{text}", "description": "{summary}", "imageUrl": "{image}"},
    ),
    follow=Follow(
        "https://ok.ru/{handle}", handle=r"(?a)(?:group/|profile/)?\w[\w.-]{1,63}", example="group/70000001234567"
    ),
    login="odnoklassniki",
    crawler=Crawler(agents=("odklbot",), rdns=(".odnoklassniki.ru",)),  # rdns unverified, 2026-11
)
