"""Windows: what a network shows of itself in our pages. A link, until the reader agrees to load the network's frame."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from smo_kit.core.addresses import is_web_address
from smo_kit.follow.conf import follow_settings
from smo_kit.networks.network import Network, Widget
from smo_kit.networks.registry import mark, network_of, networks_that_can

VIDEO: Final = "video"


class NoWindow(ValueError):
    """Nothing can be shown of this address: the message says why, and what could be."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is shown of an address. ``src`` is "" when there is but a link."""

    url: str
    name: str
    colour: str = ""
    shapes: str = ""
    src: str = ""
    what: str = ""
    height: int = 0
    learns: str = ""
    referrer: str = ""
    allow: str = ""
    sandbox: str = ""

    @property
    def host(self) -> str:
        """Where it loads from, in words for a reader."""
        return (urlsplit(self.src).hostname or "").removeprefix("www.")

    @property
    def is_video(self) -> bool:
        return self.what == VIDEO

    def frame(self, title: str) -> str:
        """Return the properties of the frame as its script sets them, in JSON."""
        wanted = {
            "title": title,
            "loading": "lazy",
            "referrerPolicy": self.referrer,
            "sandbox": self.sandbox,
            "allow": self.allow,
            "height": self.height,
            "src": self.src,
        }
        return json.dumps({name: value for name, value in wanted.items() if value}, ensure_ascii=False)


def window_for(url: str) -> Window:
    """Return what can be shown of an address: a link where the site does not name its server (``window_hosts``).

    Raises NoWindow, which names the cure.
    """
    if not url.startswith("https://") or not is_web_address(url):
        raise NoWindow(_("“%(address)s” is no https address. Paste it as the browser shows it.") % {"address": url})
    for one in _candidates(url):
        for widget in one.widgets:
            if src := widget.address_of(url):
                return _window(one, widget, url, src) if _may_be_loaded(widget, src) else _link(url, one)
    raise NoWindow(_why(url))


def plain_link(url: str) -> Window:
    """Return the window of an address of which nothing can be shown."""
    one = network_of(url)
    return _link(url, one) if one else Window(url, urlsplit(url).netloc)


def csp_sources() -> dict[str, list[str]]:
    """Return what a Content-Security-Policy must allow for every window there is: ``{"frame-src": ["https://…"]}``."""
    widgets = (widget for one in networks_that_can("widgets") for widget in one.widgets)
    known = {widget.source for widget in widgets} - {""}
    return {"frame-src": sorted(known | {f"https://{host}" for host in _named_hosts()})}


def _named_hosts() -> set[str]:
    """Return the servers that the code of the site names, of networks whose accounts have hosts of their own."""
    return {host.lower() for host in follow_settings.in_code().window_hosts}


def _may_be_loaded(widget: Widget, src: str) -> bool:
    return bool(widget.source) or urlsplit(src).hostname in _named_hosts()


def _candidates(url: str) -> Iterator[Network]:
    """Yield the network that the address belongs to, then those that live on any host."""
    owner = network_of(url)
    if owner:
        yield owner
    else:
        yield from (one for one in networks_that_can("widgets") if not all(widget.source for widget in one.widgets))


def _link(url: str, one: Network) -> Window:
    return Window(url, str(one.name), one.colour, mark(one))


def _window(one: Network, widget: Widget, url: str, src: str) -> Window:
    return Window(
        url,
        str(one.name),
        one.colour,
        mark(one),
        src=src,
        what=widget.what,
        height=widget.height,
        learns=str(widget.learns),
        referrer=widget.referrer,
        allow=widget.allow,
        sandbox=widget.sandbox,
    )


def _why(url: str) -> str:
    owner = network_of(url)
    if owner and owner.widgets:
        examples = ", ".join(widget.example for widget in owner.widgets)
        sentence = _("%(network)s can't show “%(address)s” in other pages. It can show addresses like %(examples)s.")
        return sentence % {"network": owner.name, "address": url, "examples": examples}
    names = ", ".join(str(one.name) for one in networks_that_can("widgets"))
    sentence = _("Nothing of “%(address)s” can be shown here. Networks that can be shown: %(networks)s.")
    return sentence % {"address": url, "networks": names}
