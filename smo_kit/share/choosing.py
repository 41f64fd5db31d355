"""Which networks a site shares to."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language

from smo_kit.core.faults import fault
from smo_kit.networks.absent import why_absent
from smo_kit.networks.network import Network
from smo_kit.networks.popular import popular
from smo_kit.networks.registry import network


def chosen(ids: Sequence[str]) -> list[Network]:
    """Return the networks to share to. One that there is not (any more) is a fault, and is skipped."""
    found: list[Network] = []
    for id_ in dict.fromkeys(ids or popular(get_language() or "")):
        one = network(id_)
        if wrong := why_absent(id_, "share", "action"):
            fault(LookupError(wrong))
        elif one:
            found.append(one)
    return found
