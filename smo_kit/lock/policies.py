"""Which networks a lock may offer."""

from __future__ import annotations

from smo_kit.lock.conf import LockConf
from smo_kit.networks.network import Network
from smo_kit.networks.registry import network as network_by_id
from smo_kit.networks.registry import networks_that_can


def networks_of(conf: LockConf) -> tuple[Network, ...]:
    """Return the networks of a lock, in the order of the buttons."""
    if conf.networks:
        named = (network_by_id(one) for one in conf.networks)
        return tuple(one for one in named if one is not None and one.can("share"))
    allowed = (one for one in networks_that_can("share") if not (one.reward_policy and one.reward_policy.forbids))
    return tuple(allowed)[:4]
