"""Which networks there are: one file each in this package, and those that the site adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from django.core.signals import setting_changed
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

import smo_kit.networks
from smo_kit.core.discovery import modules_in
from smo_kit.networks.conf import networks_settings
from smo_kit.networks.dead import DEAD
from smo_kit.networks.network import MARKS, DeadNetwork, Network, with_host


@cache
def _by_id() -> dict[str, Network]:
    conf = networks_settings.in_code()
    found = {network.id: network for network in (*_own(), *map(import_string, conf.extra))}
    return {id_: _moved(network, conf.hosts.get(id_, "")) for id_, network in found.items()}


def _own() -> Iterator[Network]:
    for module in modules_in(smo_kit.networks):
        yield from (thing for thing in vars(module).values() if isinstance(thing, Network))


def _moved(network: Network, host: str) -> Network:
    if not host:
        return network
    share = network.share and replace(network.share, address=with_host(network.share.address, host))
    follow = network.follow and replace(network.follow, address=with_host(network.follow.address, host))
    widgets = tuple(replace(one, frame=with_host(one.frame, host)) for one in network.widgets if one.source)
    return replace(network, share=share, follow=follow, widgets=widgets, hosts=(*network.hosts, host))


def all_networks() -> tuple[Network, ...]:
    """Return every living network, by id."""
    return tuple(_by_id().values())


def dead_networks() -> tuple[DeadNetwork, ...]:
    """Return the networks that have died, with the day of it."""
    return DEAD


def network(network_id: str) -> Network | None:
    """Return the network of this id, or None."""
    return _by_id().get(network_id)


def networks_that_can(ability: str) -> tuple[Network, ...]:
    """Return the networks that have an ability: an attribute of theirs, such as ``share``, ``follow``, ``widgets``."""
    return tuple(one for one in all_networks() if one.can(ability))


def network_of(url: str) -> Network | None:
    """Return the network that an address belongs to, or None."""
    try:
        return next((one for one in all_networks() if one.owns(url)), None)
    except ValueError:  # "http://[" is no address
        return None


def network_of_login(login_id: str) -> Network | None:
    """Return the network of an app in allauth, by the app's ``provider_id``, or its ``provider`` if it has none."""
    return next((one for one in networks_that_can("login") if one.login_id == login_id), None)


def preview_network(user_agent: str) -> Network | None:
    """Return the network whose link-preview crawler this is, or None for a person or another robot.

    A User-Agent that bears the names of two crawlers is neither: Apple's iMessage names Facebook's and X's,
    and fetches from the reader's own device.
    """
    named = [one for one in networks_that_can("crawler") if one.crawler and one.crawler.is_named_in(user_agent)]
    return named[0] if len(named) == 1 else None


@cache
def mark(network: Network) -> SafeString:
    """Return the shapes of a network's mark: what stands inside ``<svg viewBox="0 0 24 24">``."""
    file = network.mark_file or MARKS / f"{network.id}.svg"
    inner = re.sub(r"(?s)^.*?<svg[^>]*>|</svg>.*$", "", file.read_text(encoding="utf-8"))
    return mark_safe(" ".join(inner.split()))  # a file of the suite or of the site


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "SMO_KIT":
        _by_id.cache_clear()


setting_changed.connect(_forget, dispatch_uid="smo_kit.networks.registry")
