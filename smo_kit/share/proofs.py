"""What a lock or a bonus asks: has this visitor shared this page? How far it has come says ``PersonalLink.reached``."""

from __future__ import annotations

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


def rungs_of(network: Network) -> tuple[Rung, ...]:
    """Return the rungs that shares to a network can reach at all, the lowest first.

    Without a robot of its own, or with one that fetches before anything is sent, no preview proves anything; where
    nothing is known of the robot's addresses it can't be verified.
    """
    crawler = network.crawler
    if crawler is None or crawler.from_device:
        return Rung.OPENED, Rung.VISITED
    if not crawler.can_be_checked:
        return Rung.OPENED, Rung.PREVIEWED, Rung.VISITED
    return tuple(sorted(Rung))


def links_of(visitor: Visitor, key: Key, networks: Collection[str] = ()) -> list[PersonalLink]:
    """Return a visitor's links of a subject, in whatever language, to some networks ((): any), in one query."""
    wanted = PersonalLink.objects.filter(
        site_id=site_id(), sharer__in=identities(visitor, BROWSER), opened__isnull=False, **key.fields
    )
    return list(wanted.filter(network__in=networks) if networks else wanted)
