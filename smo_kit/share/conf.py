"""Settings of the share buttons. Each that an editor may change can also be an option of the tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.looks import Looks
from smo_kit.core.settings import AppSettings, did_you_mean, editable, fixed
from smo_kit.core.values import between, not_negative, positive
from smo_kit.networks.registry import all_networks, dead_networks

Placement = Literal["inline", "rail", "bar", "selection"]

MONTH: Final = 31
"""Days of the longest period of which reports tell."""
EVERY: Final = "*"
"""Stands for all networks in a line of ``texts``."""
TEXT_FIELDS: Final = ("title", "summary", "author", "site")
FIELD: Final = re.compile(r"\{([^{}]*)\}")


def shareable() -> list[tuple[str, Any]]:
    """Return id and name of every network that there can be a share button of."""
    return [(one.id, one.name) for one in all_networks() if one.can("share") or one.can("action")]


def _are_texts(lines: tuple[str, ...]) -> str:
    known = [EVERY, *(id_ for id_, _ in shareable()), *(dead.id for dead in dead_networks())]
    for line in lines:
        name, colon, text = line.partition(":")
        if not colon:
            return gettext("must have lines like 'network: {title}', not %(line)r") % {"line": line}
        if name.strip() not in known:
            wrong = gettext("names no network %(name)r.") % {"name": name.strip()}
            return f"{wrong} {did_you_mean(name.strip(), known)}"
        if unknown := [field for field in FIELD.findall(text) if field not in TEXT_FIELDS]:
            wrong = gettext("has no field %(name)r.") % {"name": unknown[0]}
            return f"{wrong} {did_you_mean(unknown[0], list(TEXT_FIELDS))}"
    return ""


def _is_account(value: str) -> str:
    right = re.fullmatch(r"(?a)\w{0,30}", value)
    return "" if right else gettext("must be a name without @, not %(value)r") % {"value": value}


def _is_resolver(path: str) -> str:
    try:
        found = import_string(path)
    except ImportError as error:
        return f"must be the dotted path of a resolver: {error}"
    missing = [name for name in ("names_of", "addresses_of") if not callable(getattr(found, name, None))]
    return f"names an object that has no {missing[0]}()" if missing else ""


def _is_asn_url(url: str) -> str:
    is_right = "{asn}" in url and not url.replace("{asn}", "").count("{")
    return "" if is_right else f"must be an address with {{asn}} in it, not {url!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareConf(Looks):
    """``SMO_KIT["SHARE"]``."""

    networks: tuple[str, ...] = editable(
        (),
        label=_("Networks"),
        help=_("Number them in the order of the buttons. None: what readers of the page's language use most."),
        choices=shareable,
    )
    """Ids of networks, in the order of the buttons."""
    limit: int = editable(
        4,
        label=_("Buttons before “More”"),
        help=_("The rest goes into a panel. 0: all are shown."),
        check=not_negative,
    )
    """How many buttons stand before the panel "More"; 0: all."""
    placement: Placement = editable(
        "inline",
        label=_("Place"),
        help=_("Where the buttons stand when the template does not say it."),
        choices=lambda: [
            ("inline", _("Above or below the text, where the tag is")),
            ("rail", _("At the side of wide screens")),
            ("bar", _("At the bottom of phones")),
        ],
    )
    texts: tuple[str, ...] = editable(
        (),
        label=_("Texts"),
        help=_(
            "What a post says, a line for each network: “id: {title} – {site}”; an asterisk (*) is any other network. "
            "Fields: {title}, {summary}, {author}, {site}."
        ),
        multiline=True,
        check=_are_texts,
    )
    """Lines ``network: text``; the default is the title."""
    hashtags: tuple[str, ...] = editable(
        (),
        label=_("Hashtags"),
        help=_("Number the networks whose posts get the tags of the page, up to five."),
        choices=shareable,
    )
    via: str = editable(
        "",
        label=_("Account that posts name"),
        help=_("Without @. For networks whose posts can say “via @account”."),
        check=_is_account,
    )
    utm: bool = editable(
        False,
        label=_("UTM marks"),
        help=_("Shared addresses say which network they come from (utm_source). The canonical address stays clean."),
    )
    utm_medium: str = editable("social", label=_("UTM medium"), help=_("utm_medium of shared addresses."))
    utm_campaign: str = editable("share", label=_("UTM campaign"), help=_("utm_campaign of shared addresses."))
    counts: bool = editable(
        False,
        label=_("Show counts"),
        help=_("How often a button was pressed, as this site itself has counted."),
    )
    minimum: int = editable(
        10,
        label=_("Smallest count shown"),
        help=_("A small number beside a button does more harm than none."),
        check=not_negative,
    )
    popup: bool = editable(
        True,
        label=_("Small window"),
        help=_("Open networks in a small window over the page instead of a new tab."),
    )
    quotes: bool = editable(
        True,
        label=_("Share selected text"),
        help=_("Readers who select a sentence are offered to share it, where the site's template has a place for it."),
    )
    """Whether ``{% smo_share placement="selection" %}`` has an effect."""
    quote_networks: tuple[str, ...] = editable(
        (),
        label=_("Networks of quotes"),
        help=_("Number them in their order. None: the first four of the buttons, and copying."),
        choices=shareable,
    )
    """Ids of networks beside a quote and in the bar over selected text."""
    pictures: bool = editable(
        True,
        label=_("Share pictures"),
        help=_("Pictures get buttons of the networks that take one, where the site's template marks them."),
    )
    """Whether ``{% smo_pictures %}`` has an effect."""
    save: bool = editable(
        True,
        label=_("Save for later"),
        help=_("A button that keeps the page in a list in the reader's own browser."),
    )

    personal: bool = editable(
        False,
        label=_("Personal links"),
        help=_(
            "Whoever shares gets an address of his own (/s/…), by which it is known how many came of it. It needs a "
            "cookie, which is set when a button is pressed."
        ),
    )
    """Whether share buttons lead through ``smo_share:out``. Those inside of a lock always do."""
    window_minutes: int = editable(
        60,
        label=_("Minutes for a preview"),
        help=_(
            "A network's robot that fetches a personal link later than that, after a button was pressed, proves "
            "nothing."
        ),
        check=between(1, 7 * 24 * 60),
    )
    resolver: str = fixed("smo_kit.share.dns.system", check=_is_resolver)
    """Dotted path of what asks the DNS whose an address is: an object with ``names_of(address)`` and
    ``addresses_of(name)``, called outside of requests."""
    asn_url: str = fixed("https://stat.ripe.net/data/announced-prefixes/data.json?resource=AS{asn}", check=_is_asn_url)
    """Where ``smo_crawler_ranges`` reads which addresses an autonomous system announces: JSON with ``prefixes``."""
    links_an_hour: int = fixed(300, check=positive)
    """How often an hour visitors from one address go out with a personal link; above it they share the page's own."""
    keep_days: int = editable(
        90,
        label=_("Days for which visits are kept"),
        help=_(
            "Who fetched a personal link, and on which days others came by it, is deleted after that. The counts stay."
        ),
        check=between(MONTH, 10 * 365),
    )

    @property
    def is_wanted(self) -> bool:
        """False when the site has turned off what this place is for."""
        return self.quotes or self.placement != "selection"


share_settings = AppSettings("SHARE", ShareConf, _("Share buttons"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteOptions:
    """Options of ``{% smo_quote %}``."""

    text: str = editable(
        "",
        label=_("Quote"),
        help=_("The words alone, without quotation marks. An empty line begins a new paragraph."),
        multiline=True,
    )
    author: str = editable(
        "", label=_("Who said it"), help=_("Empty for words of the page itself: then its author is named to networks.")
    )
    networks: tuple[str, ...] = editable(
        (),
        label=_("Networks"),
        help=_("Number them in the order of the buttons. None: as in the settings of the site."),
        choices=shareable,
    )


quote_options = AppSettings("QUOTE", QuoteOptions, of_site=False)
