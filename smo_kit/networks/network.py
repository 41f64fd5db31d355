"""The words in which a network is described: see ``vk.py`` for a whole example."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from smo_kit.core.addresses import with_query
from smo_kit.networks.logins import OPENID_CONNECT, Login
from smo_kit.networks.policies import RewardPolicy
from smo_kit.networks.previews import PreviewRules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MARKS: Final = Path(__file__).parent / "marks"

HOST_NAME: Final = (
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{0,58}[A-Za-z0-9])"
)
"""Pattern of a public host name: no address of numbers, no port, no ``localhost``."""

LONG_FIELDS: Final = frozenset({"text", "summary"})
"""The fields that may have several lines; the others are put on one."""

LEARNS: Final = _("your IP address and your browser; it may set cookies")
"""What a host gets to know of a reader who loads something from it."""

Action = Literal["copy", "print", "qr", "device"]
"""What a button does when it leads to no network; the share app knows how."""


@dataclass(frozen=True, slots=True)
class ShareLink:
    """Where a share starts: an address and its query, filled from the fields of a page.

    ``params`` maps a query parameter to a template over ``url``, ``title``, ``text`` (what the site wants said),
    ``summary``, ``image``, ``tags`` (comma separated) and ``via``; a parameter that comes out empty is left out.
    ``{title:html}`` escapes a field for a network that reads the parameter as HTML.
    """

    address: str
    params: Mapping[str, str]
    limit: int | None = None
    """The longest post, in graphemes: ``text``, and the link if it stands inside the text or has a ``link_weight``."""
    link_weight: int | None = None
    """What any link counts for in that limit; None: its real length."""
    shape: str = ""
    """Which cut of the picture is seen best there: ``tall`` or ``square``; "": the whole."""

    @property
    def needs_instance(self) -> bool:
        """True when every reader has a server of his own, asked for before sharing."""
        return "{instance}" in self.address

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that this link uses."""
        templates = (self.address, *self.params.values())
        return frozenset(name for one in templates for _, name, _, _ in Formatter().parse(one) if name)

    @property
    def takes_picture(self) -> bool:
        """True when the link itself names the picture, so that one picture of a page can be shared."""
        return "image" in self.fields

    @property
    def counts_address(self) -> bool:
        """True when the address stands inside the text, and every letter of it counts in the limit."""
        inside = any("{text}" in one and "{url}" in one for one in self.params.values())
        return bool(self.limit) and inside and self.link_weight is None

    def href(self, values: Mapping[str, str], *, host: str = "", instance: str = "") -> str:
        """Return the address with everything percent-encoded (UTF-8, %20 for a space, RFC 3986).

        ``host`` replaces the network's host (a network that moved); ``instance`` is the reader's own server.
        Raises ValueError when an instance is needed and ``instance`` is no name of a public host.
        """
        fields = _Fields({name: _Field(_lines(name, value)) for name, value in values.items()})
        pairs = ((name, template.format_map(fields).strip()) for name, template in self.params.items())
        query = "&".join(f"{_quoted(name)}={_quoted(self._line_ends(value))}" for name, value in pairs if value)
        address = with_host(self.address, host)
        if self.needs_instance:
            address = address.replace("{instance}", host_name(instance))
        return with_query(address, query)

    def _line_ends(self, value: str) -> str:
        """RFC 6068 wants line breaks in a mail as %0D%0A."""
        return re.sub(r"\r\n?|\n", "\r\n", value) if self.address.startswith("mailto:") else value


@dataclass(frozen=True, slots=True)
class Follow:
    """Where an account lives: ``address`` filled from the groups of the pattern ``handle`` and from ``{handle}``."""

    address: str
    handle: str = r"(?a)\w[\w.-]{0,63}"
    example: str = ""
    """A handle as an editor would type it: shown beside the field."""

    def url(self, handle: str, *, host: str = "") -> str:
        """Return the account's address. Raises ValueError for a handle that this network could not have."""
        match = re.fullmatch(self.handle, handle.strip().removeprefix("@"))
        if not match:
            raise ValueError(handle)
        values = {"handle": match.group(0), **{k: v or "" for k, v in match.groupdict().items()}}
        return with_host(iri_to_uri(self.address.format_map(values)), host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """What a network shows of itself inside other pages: its own frame, loaded only when a reader has agreed."""

    what: Literal["community", "post", "channel", "video"]
    pattern: str
    """Of the whole address that a reader would open, without ``https://`` and ``www.``; its groups fill ``frame``."""
    frame: str
    example: str
    """An address as an editor would paste it."""
    height: int = 480
    """Pixels; a video is as high as its width wants."""
    learns: str | _StrPromise = LEARNS
    """What its host gets to know of a reader who loads it: the end of a sentence."""
    referrer: str = "no-referrer"
    """Policy: what its host is told of the page (Referrer Policy, W3C)."""
    allow: str = ""
    """Permissions Policy of the frame."""
    sandbox: str = "allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"

    @property
    def source(self) -> str:
        """Where it loads from, as a Content-Security-Policy names it; "" where every account has a host of its own."""
        parts = urlsplit(self.frame)
        return "" if "{" in parts.netloc else f"{parts.scheme}://{parts.netloc}"

    def address_of(self, url: str) -> str:
        """Return the address of the frame that shows what is at ``url``; "" if it can't."""
        bare = re.sub(r"^https?://(?:www\.)?", "", url.strip(), flags=re.IGNORECASE)
        match = re.fullmatch(self.pattern, bare)
        return self.frame.format_map(match.groupdict()) if match else ""


@dataclass(frozen=True, slots=True)
class Crawler:
    """The robot that fetches a page in order to preview it when somebody shares its address."""

    agents: tuple[str, ...]
    """Regular expressions, any case, one of which is found in its User-Agent: anchored where others borrow the name."""
    rdns: tuple[str, ...] = ()
    """Suffixes of the host names of its addresses (forward-confirmed reverse DNS)."""
    ranges: str = ""
    """Address of the list of its addresses that the network publishes (CIDR, a line each); "": it publishes none."""
    asns: tuple[int, ...] = ()
    """Numbers of its autonomous systems: what they announce are its addresses. With none of the three there is nothing
    to check it by."""
    unconfirmed: bool = False
    """No source confirms that these are all its addresses: who comes from another one is not refuted by that."""
    from_device: bool = False
    """It fetches from the device of the person who shares, before he has sent anything: no evidence of a share."""

    @property
    def is_published(self) -> bool:
        """Whether there is a list of its addresses that can be read."""
        return bool(self.ranges or self.asns)

    @property
    def can_be_checked(self) -> bool:
        """Whether anything is known by which its addresses are told from others."""
        return bool(self.rdns) or self.is_published

    def is_named_in(self, user_agent: str) -> bool:
        """Say whether this User-Agent is this crawler's."""
        return any(re.search(agent, user_agent, re.IGNORECASE) for agent in self.agents)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """All that the suite knows of one network. An ability that is None does not appear in that feature."""

    id: str
    name: str | _StrPromise
    colour: str = "#5b6470"
    """The brand's colour, ``#rrggbb``, darkened where white text on it would have a contrast under 4.5:1 (WCAG AA)."""
    hosts: tuple[str, ...] = ()
    """Every host whose addresses belong to the network; subdomains are meant too. Of a company that is more than a
    network, the hosts where people sign in: the rest of its addresses are links like any other."""
    share: ShareLink | None = None
    action: Action | None = None
    phone_only: bool = False
    """The link needs an application that only phones have."""
    follow: Follow | None = None
    account_meta: Mapping[str, str] = field(default_factory=dict)
    """Meta tags that name the site's own account: ``{"twitter:site": "@{handle}"}``."""
    widgets: tuple[Widget, ...] = ()
    login: Login | None = None
    crawler: Crawler | None = None
    preview: PreviewRules | None = None
    """What its preview of a link shows."""
    reward_policy: RewardPolicy | None = None
    """What its rules say of giving something for a share; None: nobody has looked."""
    mark_file: Path | None = None
    """An SVG of 24 × 24; None: ``marks/<id>.svg``."""

    @property
    def login_id(self) -> str:
        """What allauth calls the network: its provider, or the network's own id where that serves many issuers."""
        provider = self.login.provider if self.login else ""
        return self.id if provider == OPENID_CONNECT.provider else provider

    def can(self, ability: str) -> bool:
        """Say whether the network has an ability: an attribute such as ``share``, ``follow`` or ``widgets``."""
        return getattr(self, ability) not in (None, ())

    def owns(self, url: str) -> bool:
        """Say whether an address belongs to this network."""
        host = (urlsplit(url).hostname or "").removesuffix(".")
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


@dataclass(frozen=True, slots=True)
class DeadNetwork:
    """A network that readers can no longer use, so that a check can say so."""

    id: str
    name: str
    died: dt.date
    note: str = ""
    parts: tuple[str, ...] = ()
    """Host and path that the addresses of its buttons, badges and scripts began with."""

    def owns(self, url: str) -> bool:
        """Say whether an address is one of its buttons, badges or scripts."""
        parts = urlsplit(url)
        address = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"
        return any(address.startswith(one) for one in self.parts)


class _Field(str):
    """A value that knows how to stand inside HTML."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return escape(self) if spec == "html" else super().__format__(spec)


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _Field()


def _lines(name: str, value: str) -> str:
    return value if name in LONG_FIELDS else " ".join(value.split())


def _quoted(value: str) -> str:
    return quote(value, safe="", errors="replace")


def with_host(address: str, host: str) -> str:
    """Return a web address on another host; as it is when ``host`` is empty, or when an application opens it."""
    return urlsplit(address)._replace(netloc=host).geturl() if host and address.startswith("https://") else address


def host_name(typed: str) -> str:
    """Return the host in what a reader typed: ``mas.to``, ``https://mas.to/@me`` or ``@me@mas.to``.

    Raises ValueError when it is no name of a public host.
    """
    address = typed.strip().lower()
    name = re.split(r"[/?#\\]", address.partition("://")[2] or address, maxsplit=1)[0].rpartition("@")[2]
    host = name.encode("idna").decode("ascii")
    if not re.fullmatch(HOST_NAME, host):
        raise ValueError(typed)
    return host
