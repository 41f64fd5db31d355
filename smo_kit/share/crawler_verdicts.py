"""Whose is an address? By what a network publishes, else by forward-confirmed reverse DNS. Never within a request."""

from __future__ import annotations

import ipaddress
import re
from typing import Final, TypeAlias

from django.core.cache import cache
from django.utils.module_loading import import_string

from smo_kit.core.durations import HOUR, MINUTE
from smo_kit.core.marks import mark
from smo_kit.networks.network import HOST_NAME, Crawler
from smo_kit.networks.registry import network
from smo_kit.share.conf import share_settings
from smo_kit.share.dns import NoAnswer, Resolver, answers
from smo_kit.share.models import AddressRange, Fetch

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

SECONDS: Final = {Fetch.Verdict.CONFIRMED: 24 * HOUR, Fetch.Verdict.REFUTED: HOUR, Fetch.Verdict.UNKNOWN: HOUR}
"""For how long a verdict is believed."""
RETRY_SECONDS: Final = MINUTE
"""For how long a DNS that did not answer is not asked about the same address again."""
_NO_ANSWER: Final = "no answer"

_ADDRESS: Final = "smo_kit.share.address"
"""The purpose of marks under which verdicts are kept."""


def verdict_of(network_id: str, address: str) -> Fetch.Verdict | None:
    """Return whether an address is a network's own; None: the DNS does not answer, ask again later."""
    found = network(network_id)
    crawler = found.crawler if found else None
    if crawler is None or not crawler.can_be_checked:
        return Fetch.Verdict.UNKNOWN
    name = f"smo:share:whose:{network_id}:{mark(_ADDRESS, address)}"
    kept = cache.get(name)
    if kept is not None:
        return None if kept == _NO_ANSWER else Fetch.Verdict(kept)
    try:
        verdict = _judge(network_id, crawler, bare(address))
    except NoAnswer:
        cache.set(name, _NO_ANSWER, RETRY_SECONDS)
        return None
    cache.set(name, verdict.value, SECONDS[verdict])
    return verdict


def bare(address: str) -> IP:
    """Return an address, an IPv4 one that is written as an IPv6 one as what it is. Raises ValueError for none."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


def _judge(network_id: str, crawler: Crawler, ip: IP) -> Fetch.Verdict:
    published = AddressRange.objects.filter(network=network_id).values_list("cidr", flat=True)
    ranges = [ipaddress.ip_network(cidr) for cidr in published]
    if any(ip in one for one in ranges) or (crawler.rdns and _is_named(ip, crawler.rdns)):
        return Fetch.Verdict.CONFIRMED
    is_unread = crawler.is_published and not ranges
    return Fetch.Verdict.UNKNOWN if crawler.unconfirmed or is_unread else Fetch.Verdict.REFUTED


def _is_named(ip: IP, suffixes: tuple[str, ...]) -> bool:
    """Say whether an address bears a network's name, and that name leads back to it: anybody can write the former."""
    resolver: Resolver = import_string(share_settings().resolver)
    names = [name.rstrip(".").lower() for name in answers(resolver.names_of, str(ip))]
    own = [name for name in names if f".{name}".endswith(suffixes) and re.fullmatch(HOST_NAME, name)]
    return any(_leads_to(ip, answers(resolver.addresses_of, name)) for name in own)


def _leads_to(ip: IP, addresses: list[str]) -> bool:
    for address in addresses:
        try:
            if bare(address) == ip:
                return True
        except ValueError:  # a resolver of the site's own may say anything
            continue
    return False
