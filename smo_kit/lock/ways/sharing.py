"""A lock opens when somebody has shared its page: at the rung that its owner asks for, or at what the network can show.

Where a network gives no proof, the lock opens after ``patience_seconds`` without it; that is said in the second half of
them. Nothing takes the place of another
person: a lock that asks for a visit waits for one.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smo_kit.core.settings import site_id
from smo_kit.lock.models import Lock
from smo_kit.lock.policies import networks_of
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms
from smo_kit.lock.ways.way import Ask, Offer, Standing, Way, register_way
from smo_kit.networks.registry import mark
from smo_kit.share.conf import share_settings
from smo_kit.share.links import out_address
from smo_kit.share.proofs import links_of, rungs_of
from smo_kit.share.rungs import BY_NAME, Rung
from smo_kit.share.ways_out import leads_out

if TYPE_CHECKING:
    from smo_kit.lock.models import Opening
    from smo_kit.networks.network import Network

SHARE: Final = "share"
REF: Final = "l"
"""Names the lock in an address that leads out."""
SECONDS: Final = 15
"""News of a link comes by itself; without news it is asked for so often."""


def rung_for(network: Network, asked: Rung) -> Rung:
    """Return what a network is asked for: the highest rung that it can show, of those up to the one asked for."""
    return max((rung for rung in rungs_of(network) if rung <= asked), default=Rung.OPENED)


def _offers(ref: Ref, terms: Terms) -> list[Offer]:
    """Return a link to each network, and a button for who has been there: it asks whether that is known by now."""
    token, in_window = ref.sign(), share_settings().popup
    found = ((one, out_address(ref.key, one.id, {REF: token})) for one in networks_of(terms.conf))
    links = [
        Offer(
            way=SHARE,
            label=one.name,
            href=href,
            network=one.id,
            colour=one.colour,
            mark=mark(one),
            in_window=in_window,
        )
        for one, href in found
        if href
    ]
    return [*links, Offer(way=SHARE, label=_("I have shared it"), is_helper=True)] if links else []


def _stand(ask: Ask) -> Standing:
    by_id = {one.id: one for one in networks_of(ask.terms.conf)}
    if (shared := _proved(ask, by_id)) or (shared := _patient(ask, by_id)):
        return Standing(state="done", way=SHARE, network=shared, sentence=_("Thank you for sharing."))
    begun = [one for one in ask.begun if one.network in by_id]
    if not begun:
        return Standing(state="go", way=SHARE, sentence=_("Press one of the networks, and share the page there."))
    network = by_id[begun[0].network]
    if BY_NAME[ask.terms.conf.rung] == Rung.VISITED:
        said = _("It opens when somebody comes by your link. You may close this page and come back later.")
        return Standing(state="waiting", way=SHARE, network=network.id, sentence=said, seconds=SECONDS)
    left, n = _left(begun[0], ask.terms), ask.terms.conf.patience_seconds
    waits = Standing(state="waiting", way=SHARE, network=network.id, seconds=min(left, SECONDS))
    if left > n / 2:
        return replace(waits, sentence=_("Waiting for %(network)s to look at your link…") % {"network": network.name})
    said = ngettext(
        "Waiting for %(network)s to look at your link. It opens then, or %(n)s second after you went there.",
        "Waiting for %(network)s to look at your link. It opens then, or %(n)s seconds after you went there.",
        n,
    ) % {"network": network.name, "n": n}
    return replace(waits, sentence=said, left=left)


def _proved(ask: Ask, by_id: dict[str, Network]) -> str:
    """Return the network to which the page was shared as far as is asked; "": to none.

    What was shared within the days that the lock stays open counts: a network that has looked at a link once does not
    look again. Who has merely gone out has shown nothing, where more than that was asked for.
    """
    asked, days = BY_NAME[ask.terms.conf.rung], ask.terms.conf.days
    since = timezone.now() - dt.timedelta(days=days) if days else None
    for link in links_of(ask.visitor, ask.ref.key, by_id):
        wanted = rung_for(by_id[link.network], asked)
        reached = link.reached(since)
        if reached is not None and reached >= wanted and (wanted > Rung.OPENED or asked == Rung.OPENED):
            return link.network
    return ""


def _patient(ask: Ask, by_id: dict[str, Network]) -> str:
    """Return the network that was waited for long enough; "": none."""
    if BY_NAME[ask.terms.conf.rung] == Rung.VISITED:
        return ""
    waited = (one.network for one in ask.begun if one.network in by_id and _left(one, ask.terms) <= 0)
    return next(waited, "")


def _left(begun: Opening, terms: Terms) -> int:
    return math.ceil(terms.conf.patience_seconds - (timezone.now() - begun.tried).total_seconds())


def _is_offered() -> bool:
    """Say whether this site has a lock whose buttons may lead out."""
    return Lock.objects.filter(site_id=site_id(), is_on=True).exists()


leads_out("lock", _is_offered)
register_way(Way(id=SHARE, offers=_offers, stand=_stand, begin=lambda visitor, terms: None))
