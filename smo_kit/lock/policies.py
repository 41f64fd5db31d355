"""To which networks a lock has readers share: those of the share buttons whose rules allow that something is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smo_kit.core.sayings import gettext as _
from smo_kit.networks.absent import why_absent
from smo_kit.networks.network import Network
from smo_kit.networks.registry import network, networks_that_can
from smo_kit.share.choosing import chosen
from smo_kit.share.conf import share_settings

if TYPE_CHECKING:
    from smo_kit.lock.conf import LockConf


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an owner should think over in the terms of a lock: they hold nevertheless."""

    id: str
    """Of the check."""
    setting: str
    sentence: str
    cure: str


def networks_of(conf: LockConf) -> tuple[Network, ...]:
    """Return the networks that a lock offers, in order.

    They are those that its terms name, which is the owner's own decision, else those of the site's share buttons whose
    rules do not forbid it. What has no page to share at, and what phones alone can open, is left out.
    """
    offered = [one for one in chosen(conf.networks or share_settings().networks) if _can_be_shared_to(one)]
    return tuple(one for one in offered if conf.networks or not forbids(one))


def forbids(one: Network) -> bool:
    """Say whether a network's rules forbid to give something for a share."""
    return one.reward_policy is not None and one.reward_policy.forbids


def network_choices() -> list[tuple[str, Any]]:
    """Return id and name of every network that a lock can offer."""
    return [(one.id, one.name) for one in networks_that_can("share") if _can_be_shared_to(one)]


def network_notes() -> dict[str, str]:
    """Return, for each network that is left out unless it is named, the reason with its day and source."""
    every = (one for one in networks_that_can("share") if _can_be_shared_to(one) and forbids(one))
    return {one.id: _("Left out unless you number it: %(reason)s") % {"reason": why_left_out(one)} for one in every}


def why_left_out(one: Network) -> str:
    """Return why a network is left out, where that stands and when it was read; "" if it is not."""
    policy = one.reward_policy
    if policy is None or not policy.forbids:
        return ""
    words = {"reason": str(policy.reason), "source": policy.source, "day": policy.as_of}
    return _("%(reason)s (%(source)s, read %(day)s)") % words


def doubts(conf: LockConf) -> tuple[Doubt, ...]:
    """Return what is to be thought over: networks that forbid it or are not there, sharing as the only way."""
    found = [doubt for id_ in conf.networks if (doubt := _doubt_of(id_))]
    if conf.ways == ("share",):
        found.append(
            Doubt(
                "smo_kit.W802",
                "ways",
                _("Sharing is the only way that was chosen, so waiting is offered beside it."),
                _("Choose another way as well, if it should be another: not everybody has an account there."),
            )
        )
    return tuple(found)


def _doubt_of(network_id: str) -> Doubt | None:
    one = network(network_id)
    if wrong := why_absent(network_id, "share"):
        return Doubt("smo_kit.W803", "networks", _("“%(network)s” is left out.") % {"network": network_id}, wrong)
    if one is None or not _can_be_shared_to(one):
        cure = _("It needs an application that only phones have: remove it.")
        return Doubt("smo_kit.W803", "networks", _("“%(network)s” is left out.") % {"network": network_id}, cure)
    if not forbids(one):
        return None
    words = {"network": str(one.name), "reason": why_left_out(one)}
    sentence = _("%(network)s forbids to give something for a share: %(reason)s") % words
    return Doubt("smo_kit.W801", "networks", sentence, _("Remove it, or answer for it yourself."))


def _can_be_shared_to(one: Network) -> bool:
    return one.share is not None and not one.phone_only
