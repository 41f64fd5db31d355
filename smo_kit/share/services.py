"""The share buttons of a page, as plain values: a template, a plugin or another template engine shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.core.addresses import absolute, site_name
from smo_kit.core.cards import Card
from smo_kit.core.own_urls import own_address
from smo_kit.networks.network import Network
from smo_kit.networks.registry import mark, networks_that_can
from smo_kit.share.choosing import chosen
from smo_kit.share.conf import ShareConf, share_settings
from smo_kit.share.errands import Errand
from smo_kit.share.quotes import WHOLE, Part
from smo_kit.share.words import hashtags_of, template_for, words_for

PLACEHOLDER = "instance.invalid"
"""Stands in an address for the reader's own server (RFC 2606)."""

SERVER = "to"
"""The parameter of an address of ours that names the reader's own server."""

QUOTED = 4
"""How many networks stand beside a quote when nobody has chosen them."""


@dataclass(frozen=True, slots=True)
class Button:
    """One share button. ``href`` is "" for what only a script can do."""

    network: str
    name: str
    label: str
    """What a screen reader says."""
    href: str
    colour: str
    shapes: SafeString
    """What stands inside the ``<svg viewBox="0 0 24 24">`` of its mark."""
    action: str = ""
    """``copy``, ``print``, ``qr``, ``device``; "" for a network."""
    direct: str = ""
    """Where it leads when the reader's own server is known, which takes the place of PLACEHOLDER."""
    phone_only: bool = False
    opens_program: bool = False
    """True when no page opens but an application."""
    is_told: bool = False
    """True when it leads through ``smo_share:out``, which counts it: the page need not report it."""

    def through(self, address: str) -> Button:
        """Return the same button leading through an address of ours that leads on to its network."""
        direct = f"{address}&{SERVER}={PLACEHOLDER}" if self.direct else ""
        return replace(self, href=address, direct=direct, is_told=True)

    @property
    def waits(self) -> bool:
        """True when it is hidden until a script finds that it works."""
        return not self.href

    @property
    def is_certain(self) -> bool:
        """True when every reader sees it."""
        return not self.waits and not self.phone_only

    @property
    def leaves(self) -> bool:
        """True when it opens a page beside this one, not a program or this page itself."""
        is_page = self.href.startswith(("https://", "http://", "/")) and not self.opens_program
        return is_page and self.action != "copy"


@dataclass(frozen=True, slots=True)
class Post:
    """What is shared to one network, or done with one address."""

    network: Network
    url: str
    values: Mapping[str, str]
    """By the names of the fields of a ``ShareLink``."""

    @property
    def href(self) -> str:
        """Where a network's post starts: there, or on the page that asks for the reader's own server."""
        share = self.network.share
        if share is None:
            return ""
        if share.needs_instance:
            errand = Errand(self.network.id, self.url, self.values["text"], get_language() or "")
            return _errand("smo_share:ask", errand)
        return share.href(self.values)

    def at(self, server: str) -> str:
        """Return where it starts on the reader's own server; "" if there is none, or the network needs none."""
        share = self.network.share
        return share.href(self.values, instance=server) if share and share.needs_instance and server else ""


def buttons_for(
    card: Card,
    conf: ShareConf | None = None,
    *,
    request: HttpRequest | None = None,
    part: Part = WHOLE,
    through: Callable[[str], str] | None = None,
) -> list[Button]:
    """Return the share buttons of a page in the order of the settings, or of ``conf`` when a tag says otherwise.

    With a ``part`` they share a quote or a picture of the page: networks that take no picture are left out then.
    ``through`` returns the address of ours that leads to a network (its id) with a personal link; "": go straight.
    """
    conf = conf or share_settings()
    url = address_of(card, request)
    networks = chosen(conf.networks) if not part.picture else for_pictures(conf.networks)
    made = (_button(one, card, conf, url, request, part) for one in networks)
    buttons = [button for button in made if button]
    if through is None:
        return buttons
    ways = ((button, "" if button.action else through(button.network)) for button in buttons)
    return [button.through(way) if way else button for button, way in ways]


def for_quotes(conf: ShareConf, ids: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the ids of networks that a quote is offered to: those chosen for it, else the site's first, and a copy."""
    if chosen_for_it := tuple(ids) or conf.quote_networks:
        return chosen_for_it
    sharing = [one.id for one in chosen(conf.networks) if one.share and not one.phone_only]
    return (*sharing[:QUOTED], *(one.id for one in networks_that_can("action") if one.action in {"copy", "device"}))


def for_pictures(ids: Sequence[str]) -> list[Network]:
    """Return the networks that a picture can be shared to: those of a site, else all there are."""
    taking = [one for one in chosen(ids) if one.share and one.share.takes_picture]
    return taking or [one for one in networks_that_can("share") if one.share and one.share.takes_picture]


def shown_author(card: Card) -> str:
    """Return whom a quote of the page itself names: its author, else its title."""
    return card.author or card.title


def address_of(card: Card, request: HttpRequest | None) -> str:
    """Return the canonical address of the card's page, in full."""
    return absolute(card.url or (request.path if request else "/"), request)


def tracked(url: str, network_id: str, conf: ShareConf) -> str:
    """Return the address that says where its readers come from, if the site wants that."""
    if not conf.utm:
        return url
    marks = {"utm_source": network_id, "utm_medium": conf.utm_medium, "utm_campaign": conf.utm_campaign}
    parts = urlsplit(url)
    query = urlencode({name: value for name, value in marks.items() if value})
    return parts._replace(query=f"{parts.query}&{query}" if parts.query else query).geturl()


def split(buttons: Sequence[Button], limit: int) -> tuple[list[Button], list[Button]]:
    """Return the buttons before the panel "More" and those in it. There is no panel for less than two."""
    certain = [button for button in buttons if button.is_certain]
    if not limit or len(certain) <= limit + 1:
        return list(buttons), []
    border = list(buttons).index(certain[limit])
    return list(buttons[:border]), list(buttons[border:])


def _button(
    one: Network, card: Card, conf: ShareConf, url: str, request: HttpRequest | None, part: Part
) -> Button | None:
    post = post_for(one, card, conf, tracked(url, one.id, conf), request=request, part=part)
    href = post.href if one.share else _href_of_action(one, part.address(url), post.url)
    if not href and one.action not in {"print", "device"}:
        return None
    name = str(one.name)
    label = _("Share via %(network)s") % {"network": name} if one.share else name
    return Button(
        network=one.id,
        name=name,
        label=label,
        href=href,
        colour=one.colour,
        shapes=mark(one),
        action=one.action or "",
        direct=post.at(PLACEHOLDER),
        phone_only=one.phone_only,
        opens_program=bool(one.share and not one.share.address.startswith("https://")),
    )


def post_for(
    one: Network, card: Card, conf: ShareConf, url: str, *, request: HttpRequest | None = None, part: Part = WHOLE
) -> Post:
    """Return what a network gets of a page that is shared under this address."""
    shared = part.address(url, one.share)
    return Post(one, shared, _values(one, card, conf, shared, request, part))


def _href_of_action(one: Network, url: str, shared: str) -> str:
    match one.action:
        case "copy":
            return url
        case "qr":
            return _errand("smo_share:qr", Errand(one.id, shared, language=get_language() or ""))
    return ""


def _errand(view: str, errand: Errand) -> str:
    address = own_address(view)
    return f"{address}?{urlencode({'p': errand.sign()})}" if address else ""


def _values(
    one: Network, card: Card, conf: ShareConf, url: str, request: HttpRequest | None, part: Part
) -> dict[str, str]:
    if one.share is None:
        return {"url": url}
    values = {"url": url, "title": card.title, "summary": card.summary}
    if image := part.picture or _image(card, one.share.shape):
        values["image"] = absolute(image, request)
    tags = hashtags_of(card) if one.id in conf.hashtags else ()
    if part.quote:
        fields, template = {"title": part.quote, "author": part.author}, part.template
    else:
        title = part.words or card.title
        fields = {"title": title, "summary": card.summary, "author": card.author, "site": site_name(request)}
        template = template_for(one.id, conf.texts)
    return values | words_for(one.share, template, fields, url=url, tags=tags, via=conf.via)


def _image(card: Card, shape: str) -> str:
    """Return the address of the card's picture, in a network's own shape if it has been cut to it."""
    picture = card.cuts.get(shape)
    return picture.url if picture else card.image_url
