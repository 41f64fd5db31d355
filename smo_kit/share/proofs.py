"""What a lock or a bonus asks: has this visitor shared this page, and how far has it come?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from smo_kit.core.identities import identities
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.visitors import Visitor
from smo_kit.networks.network import Network
from smo_kit.share.models import PersonalLink
from smo_kit.share.rungs import Rung

BROWSER: Final = "smo_kit.share.browser"
"""The purpose of marks that stand for browsers."""


def links_of(visitor: Visitor, key: Key, networks: Collection[str] = ()) -> list[PersonalLink]:
    """Return a visitor's links of a subject, in whatever language, to some networks ((): any), in one query."""
    wanted = PersonalLink.objects.filter(
        site_id=site_id(), sharer__in=identities(visitor, BROWSER), opened__isnull=False, **key.fields
    )
    return list(wanted.filter(network__in=networks) if networks else wanted)


def proof_of(
    visitor: Visitor, key: Key, rung: Rung, *, networks: Collection[str] = (), since: dt.datetime | None = None
) -> PersonalLink | None:
    """Return a link of the visitor's that has come to a rung or higher since some time, or None."""
    for link in links_of(visitor, key, networks):
        reached = link.reached(since)
        if reached is not None and reached >= rung:
            return link
    return None


def rungs_of(network: Network) -> tuple[Rung, ...]:
    """Return the rungs that a share to a network can come to."""
    robot = network.crawler
    if robot is None or robot.from_device:
        return (Rung.OPENED, Rung.VISITED)
    if robot.rdns or robot.ranges or robot.asns:
        return tuple(Rung)
    return (Rung.OPENED, Rung.PREVIEWED, Rung.VISITED)
