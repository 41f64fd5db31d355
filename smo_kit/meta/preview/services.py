"""Previews of a page, of a card, of an object that is not public yet: in every network, or in some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from smo_kit.core import http, inside
from smo_kit.core.addresses import absolute, base_url, joined
from smo_kit.core.cards import Card, make_card
from smo_kit.core.events import event, event_logger
from smo_kit.core.http import REDIRECTING, Answer, Refused, location
from smo_kit.core.pages import Page as Shown
from smo_kit.core.registrations import Registration
from smo_kit.meta.head import head_for
from smo_kit.meta.preview.faults import NOWHERE
from smo_kit.meta.preview.photos import Album
from smo_kit.meta.preview.reading import Reading, read_page
from smo_kit.meta.preview.resolving import Page, Preview, resolve
from smo_kit.meta.recipes import trying
from smo_kit.networks.network import Network
from smo_kit.networks.popular import popular
from smo_kit.networks.registry import networks_that_can

logger = event_logger(__name__)

WHOLE: Final = 8_000_000
"""Bytes in which the tags are looked for that a crawler did not come to."""
ROBOTS_SIZE: Final = 500_000
"""Bytes of robots.txt that are read (RFC 9309: at least 500 kB)."""
LEADING: Final = ("og:title", "og:image", "og:description")
"""Fields whose place in a long page is looked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """The previews of one page."""

    url: str
    previews: tuple[Preview, ...]

    @property
    def wrong(self) -> int:
        """How many faults spoil a preview."""
        return sum(len(one.wrong) for one in self.previews)

    def as_data(self) -> dict[str, Any]:
        """Return it as ``--json`` says it."""
        return {"url": self.url, "wrong": self.wrong, "networks": [one.as_data() for one in self.previews]}


def preview_networks() -> tuple[Network, ...]:
    """Return the networks whose previews are known, those first that readers of the active language use most."""
    order = popular(get_language() or settings.LANGUAGE_CODE)
    return tuple(sorted(networks_that_can("preview"), key=lambda one: (*order, one.id).index(one.id)))


def previews_of_address(
    url: str,
    *,
    request: HttpRequest | None = None,
    networks: Sequence[Network] | None = None,
    remote: bool = False,
) -> Report:
    """Return how networks show a page: asked for as each crawler does, in this process, or over the network (remote).

    Raises Refused for an address of another site without ``remote``.
    """
    home = base_url(request)
    full = joined(f"{home}/", url)
    _check(full, home, remote=remote)
    visit = _Visit(full, home, request, remote=remote)
    return Report(full, tuple(resolve(one, visit.page(one), visit.album) for one in networks or preview_networks()))


def previews_of_card(card: Card | None, *, request: HttpRequest | None = None) -> Report:
    """Return how networks will show a page of this card; None: one that they may not see."""
    if card and not card.shareable:
        hidden = Page(
            absolute(card.url, request),
            refused=_("An editor keeps this page from networks."),
            cure=_("Let networks show it in its share settings, if that is no longer meant."),
        )
        album = Album(base_url(request), request=request)
        return Report(hidden.url, tuple(resolve(one, hidden, album) for one in preview_networks()))
    head = head_for(Shown(card, None, request))
    language = card.language if card else ""
    html = render_to_string("smo_kit/meta/head.html", {"head": head})
    reading = read_page(html.encode("utf-8", "replace"), "text/html; charset=utf-8")
    reading.add("lang", language)
    url = absolute(card.url, request) if card and card.url else base_url(request) + "/"
    album = Album(base_url(request), request=request)
    page = Page(url, reading)
    return Report(url, tuple(resolve(one, page, album) for one in preview_networks()))


def previews_of_object(
    registration: Registration, obj: Model, language: str, *, request: HttpRequest | None = None
) -> Report:
    """Return how networks will show an object as it is now, saved or not, public or not. Nothing of it is kept."""
    with nothing_saved(), override(language):
        return previews_of_card(make_card(registration, obj, language), request=request)


@contextmanager
def nothing_saved() -> Iterator[None]:
    """Take back whatever is written to the database meanwhile, and what would happen on commit."""
    with transaction.atomic(), trying():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _check(url: str, home: str, *, remote: bool) -> None:
    try:
        parts = urlsplit(url)
        named = parts.scheme in inside.PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        named = False
    if not named:
        raise Refused(f"{url!r} is no web address. Give a path like /about/ or an https URL.")
    if not remote and not inside.is_inside(url, home):
        raise Refused(f"{url} is no address of this site, {home}. Another site's pages are read with --remote only.")


class _Visit:
    """One page as all crawlers get it; what they get alike is read once."""

    def __init__(self, url: str, home: str, request: HttpRequest | None, *, remote: bool) -> None:
        self._url = url
        self._home = home
        self._request = request
        self._remote = remote
        self._readings: dict[tuple[bytes, str], Reading] = {}
        self._robots: RobotFileParser | None = None
        self._whole: bytes | None = None
        self.album = Album(home, remote=remote, request=request)

    def page(self, network: Network) -> Page:
        """Return what a network's crawler gets."""
        rules = network.preview
        if rules is None:
            raise ValueError(f"{network.id} has no preview.")
        try:
            answer = self._ask(self._url, rules.agent, rules.reads)
        except Refused as error:
            return Page(self._url, refused=str(error))
        except (
            Exception
        ) as error:  # the site's own code, in the middle of a page that it streams; no address in Location
            logger.info("%s can't be read for a preview.", self._url, exc_info=True, extra=event("meta.page_unread"))
            return Page(self._url, refused=_("The page broke off: %(error)s") % {"error": repr(error)})
        content_type = answer.headers.get("content-type", "")
        target = location(answer) if answer.status in REDIRECTING else ""
        leads_to = joined(answer.url, target) if target else ""
        return Page(
            answer.url,
            self._reading(answer.body, content_type),
            status=answer.status,
            content_type=content_type,
            way=answer.way,
            leads_to=leads_to,
            leads_out=bool(leads_to) and not self._remote and not inside.is_inside(leads_to, self._home),
            robots=not rules.robots or self._lets_in(rules.robots, answer.url),
            beyond=self._beyond(rules.agent, rules.reads) if answer.cut else (),
        )

    def _ask(self, url: str, agent: str, size: int) -> Answer:
        if self._remote:
            return http.fetch(url, headers={"User-Agent": agent}, size=size)
        return inside.read(url, request=self._request, agent=agent, size=size)

    def _reading(self, body: bytes, content_type: str) -> Reading:
        key = (body, content_type)
        if key not in self._readings:
            self._readings[key] = read_page(body, content_type)
        return self._readings[key]

    def _lets_in(self, name: str, url: str) -> bool:
        if self._robots is None:
            self._robots = _robots(lambda: self._ask(urljoin(url, "/robots.txt"), name, ROBOTS_SIZE))
        return self._robots.can_fetch(name, url)

    def _beyond(self, agent: str, reads: int) -> tuple[tuple[str, int], ...]:
        if self._whole is None:
            try:
                self._whole = self._ask(self._url, agent, WHOLE).body
            except Exception:  # it breaks off behind what the crawler reads
                self._whole = b""
        places = [(name, self._whole.find(name.encode())) for name in LEADING]
        if len(self._whole) == WHOLE and all(at < 0 for _name, at in places):
            return ((LEADING[0], NOWHERE),)
        return tuple((name, at) for name, at in places if at >= reads)


def _robots(ask: Any) -> RobotFileParser:
    """Return what a site's robots.txt says; one that does not answer forbids nothing."""
    parser = RobotFileParser()
    try:
        answer: Answer = ask()
        is_there = answer.status == 200 and "html" not in answer.headers.get("content-type", "")
        text = answer.body.decode("utf-8", "replace") if is_there else ""
    except Exception:  # the site's own code, or no such address
        text = ""
    parser.parse(text.splitlines())
    return parser
