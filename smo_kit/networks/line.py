"""LINE. Its crawler borrows Facebook's name and adds ``line-poker``."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

LINE = Network(
    id="line",
    name="LINE",
    colour="#04883a",  # brand #06c755
    hosts=("line.me", "lin.ee"),
    share=ShareLink("https://social-plugins.line.me/lineit/share", {"url": "{url}", "text": "{text}"}),
    # developers.line.biz/en/docs/line-login/using-line-url-scheme
    follow=Follow("https://line.me/R/ti/p/%40{handle}", handle=r"(?a)\w[\w.-]{1,19}", example="shareworthy"),
    login=Login(
        provider="line",
        scopes=("profile",),  # LINE refuses a request without one; allauth asks for none
        pkce=True,
        console="https://developers.line.biz/console/",
        as_of=dt.date(2026, 11, 26),
        source="developers.line.biz/en/docs/line-login/integrate-line-login (scopes, PKCE, e-mail permission)",
        labels={"client_id": "Channel ID", "secret": "Channel secret"},
        gives_email="sometimes",
        notes=(
            _("Make a channel of the type LINE Login and publish it: until then only its team can sign in."),
            _("An e-mail address needs LINE's permission, and SCOPE in the setting SOCIALACCOUNT_PROVIDERS."),
        ),
    ),
    crawler=Crawler(agents=(r"\bline-poker/",)),
)
