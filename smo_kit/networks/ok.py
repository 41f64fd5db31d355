"""Odnoklassniki. Its crawler signs as ``OdklBot`` from the old domain, odnoklassniki.ru."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink
from smo_kit.networks.previews import Colours, Cut, PictureRules, PreviewRules

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
    login=Login(
        provider="odnoklassniki",
        console="https://ok.ru/vitrine/myuploaded",
        as_of=dt.date(2026, 11, 26),
        source="apiok.ru/en/ext/oauth/server; the mail with the values and the right for e-mail are unverified",
        labels={"client_id": _("Application ID"), "secret": _("Secret key"), "key": _("Public key")},
        gives_email="sometimes",
        notes=(
            _("Your account must be that of a developer first: ok.ru/devaccess. The three values then come by mail."),
            _("Readers come without an e-mail address until OK's support has granted the right GET_EMAIL."),
            _("When it has, name GET_EMAIL in the scopes of this sign-in."),
        ),
    ),
    # rdns unverified, 2026-11. Not AS47764: customers of its owner's cloud have addresses of it too (unverified).
    crawler=Crawler(agents=("odklbot",), rdns=(".odnoklassniki.ru",), unconfirmed=True),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="apiok.ru on sharing of links; sizes and cuts unverified",
        layout="tile",
        agent="OdklBot/1.0 (share@odnoklassniki.ru)",
        reads=512_000,
        title=("og:title", "<title>"),
        title_cut=Cut(letters=200, lines=3, columns=38),
        description=("og:description", "description", "<p>"),
        description_cut=Cut(letters=300, lines=3, columns=44),
        picture=("og:image", "link:image_src", "<img>"),
        pictures=PictureRules(
            smallest=(100, 100), large=(600, 315), weight=5_000_000, formats=("JPEG", "PNG", "GIF"), ratio=1.91
        ),
        light=Colours("#f0f0f0", "#ffffff", "#f7f7f8", "#2e2f33", "#6a6c72", "#e1e3e6", "#c45d00"),
        dark=Colours("#1b1c1f", "#2e2f33", "#393a3f", "#f5f5f5", "#a8aab0", "#46484e", "#ff9e40"),
    ),
)
