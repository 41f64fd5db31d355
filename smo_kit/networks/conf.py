"""Settings of the networks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.module_loading import import_string

from smo_kit.core.settings import AppSettings, fixed
from smo_kit.networks.network import HOST_NAME, Network


def _are_hosts(hosts: Mapping[str, str]) -> str:
    wrong = [host for host in hosts.values() if not re.fullmatch(HOST_NAME, str(host))]
    return f"must name hosts like 'vk.ru', not {wrong[0]!r}" if wrong else ""


def _are_networks(paths: tuple[str, ...]) -> str:
    for path in paths:
        try:
            thing = import_string(path)
        except ImportError as error:
            return f"names {path!r}, which can't be imported ({error})"
        if not isinstance(thing, Network):
            return f"names {path!r}, which is no Network"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworksConf:
    """``SMO_KIT["NETWORKS"]``."""

    hosts: Mapping[str, str] = fixed(default_factory=dict, check=_are_hosts)
    """Hosts of networks that moved: ``{"vk": "vk.ru"}``. Share and follow links then use the new one."""
    extra: tuple[str, ...] = fixed((), check=_are_networks)
    """Dotted paths to networks of your own: ``("shop.networks.OURS",)``; one with the id of ours takes its place."""


networks_settings = AppSettings("NETWORKS", NetworksConf)
