"""The addresses that networks publish as their own: read by ``smo_crawler_ranges``, used to verify fetches."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from django.db import transaction

from smo_kit.core.http import Refused, fetch, is_public
from smo_kit.networks.network import Crawler, Network
from smo_kit.share.conf import share_settings
from smo_kit.share.models import AddressRange

Range: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

WIDEST: Final = {4: 10, 6: 24}
"""The shortest prefix that is believed: no network has a larger part of the internet."""
MOST: Final = 20_000
"""Ranges of one network."""
SIZE: Final = 5_000_000
"""Bytes of one list."""
SECONDS: Final = 30.0
_INSIDE: Final = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
)
_NAMES: Final = {"prefix", "ipv4Prefix", "ipv6Prefix", "ip_prefix", "ipv6_prefix", "cidr"}
"""Under which lists in JSON say a range."""


class BadList(Exception):
    """What was read is no list of a network's addresses: the message says why."""


def publishing(crawler: Crawler | None) -> list[str]:
    """Return the addresses of the lists that a network's robot has."""
    if crawler is None:
        return []
    systems = [share_settings().asn_url.replace("{asn}", str(number)) for number in crawler.asns]
    return [*([crawler.ranges] if crawler.ranges else []), *systems]


def read_published(network: Network) -> int:
    """Read all that a network publishes, and put it in place of what was known; return how many ranges that are.

    Raises BadList, and keeps what was known, if any of its lists can't be had or is no such list.
    """
    found = [one for url in publishing(network.crawler) for one in ranges_in(_text_at(url))]
    return replace_ranges(network, found)


def replace_ranges(network: Network, found: Iterable[Range]) -> int:
    """Let these be a network's ranges, all at once; return how many. Raises BadList for none, and for too many."""
    wanted = {str(one) for one in _collapsed(found)}
    if not wanted:
        raise BadList("The list is empty; the old one is kept.")
    if len(wanted) > MOST:
        raise BadList(f"{len(wanted)} ranges are too many; the old ones are kept.")
    with transaction.atomic():
        AddressRange.objects.filter(network=network.id).delete()
        rows = [AddressRange(network=network.id, cidr=cidr) for cidr in sorted(wanted)]
        AddressRange.objects.bulk_create(rows, batch_size=100, ignore_conflicts=True)  # another process may be faster
    return len(wanted)


def _collapsed(found: Iterable[Range]) -> Iterator[Range]:
    """Yield the same addresses in as few ranges as can be."""
    ranges = set(found)
    yield from ipaddress.collapse_addresses(one for one in ranges if isinstance(one, ipaddress.IPv4Network))
    yield from ipaddress.collapse_addresses(one for one in ranges if isinstance(one, ipaddress.IPv6Network))


def ranges_in(text: str) -> list[Range]:
    """Return the ranges in a list: a CIDR a line (``#`` begins a remark), or JSON. Raises BadList."""
    lines = _in_json(text) if text.lstrip().startswith(("{", "[")) else _in_lines(text)
    ranges = [_range(line) for line in lines]
    if not ranges:
        raise BadList("The list is empty; the old one is kept.")
    return ranges


def _in_lines(text: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in text.removeprefix("\ufeff").splitlines())
    return [line for line in lines if line]


def _in_json(text: str) -> list[str]:
    try:
        return list(_walk(json.loads(text)))
    except (ValueError, RecursionError) as error:
        raise BadList(f"The list is broken JSON: {error}") from error


def _walk(data: Any) -> Iterator[str]:
    for one in data if isinstance(data, list) else []:
        if isinstance(one, str):
            yield one
        else:
            yield from _walk(one)
    for name, one in data.items() if isinstance(data, dict) else []:
        if name in _NAMES and isinstance(one, str):
            yield one
        elif name in {"data", "prefixes"}:
            yield from _walk(one)


def _range(line: str) -> Range:
    try:
        found = ipaddress.ip_network(line)
    except ValueError as error:
        raise BadList(f"{line[:60]!r} is no range of addresses.") from error
    if found.prefixlen < WIDEST[found.version]:
        raise BadList(f"{found} is a larger part of the internet than any network has.")
    ends = (str(found.network_address), str(found.broadcast_address))
    if not all(map(is_public, ends)) or any(found.version == one.version and found.overlaps(one) for one in _INSIDE):
        raise BadList(f"{found} is not on the public internet.")
    return found


def _text_at(url: str) -> str:
    try:
        answer = fetch(url, timeout=SECONDS, size=SIZE)
    except Refused as error:
        raise BadList(str(error)) from error
    if answer.status != 200:
        raise BadList(f"{url} answers {answer.status}.")
    if answer.cut:
        raise BadList(f"What {url} answers is not whole.")
    return text_of(answer.body, url)


def text_of(content: bytes, place: str) -> str:
    """Return the text of a list that was read somewhere. Raises BadList."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadList(f"{place} is no text.") from error
