"""A personal link, those who ask for it, and a DNS of our own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from smo_kit.core.limits import daily_mark
from smo_kit.core.subjects import key_of
from smo_kit.share.models import PersonalLink
from smo_kit.share.sightings import see

FACEBOOK: Final = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
TELEGRAM: Final = "TelegramBot (like TwitterBot)"
X: Final = "Twitterbot/1.0"
WHATSAPP: Final = "WhatsApp/2.23.20.0 A"
DISCORD: Final = "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"
IMESSAGE: Final = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
    "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
)
PERSON: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

OWN: Final = "31.13.64.7"
"""An address that our DNS confirms as Facebook's."""
OWN_6: Final = "2a03:2880::7"
STRANGE: Final = "198.51.100.9"
"""Somebody's who calls himself Facebook."""
HOME: Final = "203.0.113.5"
"""Where the sharer lives."""


@dataclass
class Dns:
    """What the DNS says. ``asked`` are the questions; ``before`` is done before each of them."""

    names: dict[str, list[str]] = field(default_factory=dict)
    addresses: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def names_of(self, address: str) -> Collection[str]:
        self.asked.append(address)
        self.before()
        return self.names.get(address, [])

    def addresses_of(self, name: str) -> Collection[str]:
        self.asked.append(name)
        self.before()
        return self.addresses.get(name, [])


dns: Final = Dns()
"""Named by ``SMO_KIT["SHARE"]["resolver"]``."""


def link_of(post: Any, network: str = "facebook", *, opened: dt.timedelta = dt.timedelta(), **fields: Any) -> Any:
    """Return a personal link whose sharer went out from ``HOME``, so long ago."""
    went = timezone.now() - opened
    home = daily_mark(RequestFactory().get("/", REMOTE_ADDR=HOME), today=went.astimezone(dt.UTC).date())
    values = {"sharer": "s" * 64, "home": home, "opened": went, "network": network, "language": "en", **fields}
    token = f"token{PersonalLink.objects.count()}"
    return PersonalLink.objects.create(site_id=1, token=token, **key_of(post).fields, **values)


def request_of(agent: str, address: str = STRANGE, *, method: str = "GET", **headers: str) -> HttpRequest:
    """Return a request for a link."""
    return RequestFactory(headers={"User-Agent": agent, **headers}).generic(method, "/s/x/", REMOTE_ADDR=address)


def seen(link: PersonalLink, agent: str = PERSON, address: str = STRANGE, **more: Any) -> PersonalLink:
    """Have somebody ask for a link; return it as it is then."""
    see(link, request_of(agent, address, **more))
    link.refresh_from_db()
    return link
