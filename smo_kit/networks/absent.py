"""What to say of a network that is asked for and is not there."""

from __future__ import annotations

from smo_kit.core.sayings import gettext as _
from smo_kit.core.settings import did_you_mean
from smo_kit.networks.registry import dead_networks, network, networks_that_can


def why_absent(network_id: str, *abilities: str) -> str:
    """Return why there is no network of this id with one of these abilities, and the cure; "" if there is one."""
    found = network(network_id)
    if found and any(found.can(ability) for ability in abilities):
        return ""
    for dead in dead_networks():
        if dead.id == network_id:
            return _("%(network)s has ended (%(day)s): remove it.") % {"network": dead.name, "day": dead.died}
    known = [one.id for ability in abilities for one in networks_that_can(ability)]
    return (
        _("There is no network “%(network)s” for this.") % {"network": network_id}
        + f" {did_you_mean(network_id, known)}"
    )
