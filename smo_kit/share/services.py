"""The share buttons of a page, as plain values: a template, a plugin or another template engine shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.core.addresses import absolute, site_name
from smo_kit.core.cards import Card
from smo_kit.core.faults import fault
from smo_kit.core.own_urls import own_address
from smo_kit.networks.absent import why_absent
from smo_kit.networks.network import Network
from smo_kit.networks.popular import popular
from smo_kit.networks.registry import mark, network
from smo_kit.share.conf import ShareConf, share_settings
from smo_kit.share.errands import Errand
from smo_kit.share.words import hashtags_of, template_for, words_for

PLACEHOLDER = "instance.invalid"
"""Stands in an address for the reader's own server (RFC 2606)."""


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
        return self.action != "copy" and self.href.startswith(("https://", "http://", "/"))


def buttons_for(card: Card, conf: ShareConf | None = None, *, request: HttpRequest | None = None) -> list[Button]:
    """Return the share buttons of a page in the order of the settings, or of ``conf`` when a tag says otherwise."""
    conf = conf or share_settings()
    url = address_of(card, request)
    made = (_button(one, card, conf, url, request) for one in chosen(conf.networks))
    return [button for button in made if button]


def chosen(ids: Sequence[str]) -> list[Network]:
    """Return the networks to share to. One that there is not (any more) is a fault, and is skipped."""
    found: list[Network] = []
    for id_ in dict.fromkeys(ids or popular(get_language() or "")):
        one = network(id_)
        if wrong := why_absent(id_, "share", "action"):
            fault(LookupError(wrong))
        elif one:
            found.append(one)
    return found


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


def _button(one: Network, card: Card, conf: ShareConf, url: str, request: HttpRequest | None) -> Button | None:
    shared = tracked(url, one.id, conf)
    values = _values(one, card, conf, shared, request)
    direct = ""
    if one.share is None:
        href = _href_of_action(one, url, shared)
    elif one.share.needs_instance:
        direct = one.share.href(values, instance=PLACEHOLDER)
        href = _errand("smo_share:ask", Errand(one.id, shared, values["text"], get_language() or ""))
    else:
        href = one.share.href(values)
    if not href and one.action not in {"print", "device"}:
        return None
    name = str(one.name)
    label = _("Share via %(network)s") % {"network": name} if one.share else name
    return Button(one.id, name, label, href, one.colour, mark(one), one.action or "", direct, one.phone_only)


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


def _values(one: Network, card: Card, conf: ShareConf, url: str, request: HttpRequest | None) -> dict[str, str]:
    fields = {"title": card.title, "summary": card.summary, "author": card.author, "site": site_name(request)}
    values = {"url": url, "title": card.title, "summary": card.summary}
    if card.image_url:
        values["image"] = absolute(card.image_url, request)
    if one.share is None:
        return values
    tags = hashtags_of(card) if one.id in conf.hashtags else ()
    template = template_for(one.id, conf.texts)
    return values | words_for(one.share, template, fields, url=url, tags=tags, via=conf.via)
