"""How often something may be done, counted in the cache that all processes share."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import time
from contextlib import suppress
from functools import cache as once
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from smo_kit.core.conf import core_settings
from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)

NEIGHBOURS: Final = 4
"""An IPv6 /48 may do so many times what one of its /64 may: some have it alone, others share it."""


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address: what the farthest trusted proxy saw, else the peer's; "" if unknown."""
    hops = core_settings().trusted_proxies
    seen = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    address = seen[-hops] if 0 < hops <= len(seen) else request.META.get("REMOTE_ADDR", "")
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(getattr(ip, "ipv4_mapped", None) or ip)  # a server that listens to both writes IPv4 as ::ffff:192.0.2.1


def known_address(request: HttpRequest) -> str:
    """Return the same, but "" for that of a proxy whose word is not taken: it stands for all readers."""
    address = client_address(request)
    is_proxied = "X-Forwarded-For" in request.headers and not core_settings().trusted_proxies
    if address and is_proxied and not ipaddress.ip_address(address).is_global:
        _complain()
        return ""
    return address


def networks_of(address: str) -> tuple[str, str]:
    """Return what counts as one client, and its network: IPv4 /32 and /24, IPv6 /64 and /48."""
    lengths = (64, 48) if ":" in address else (32, 24)
    one, network = (str(ipaddress.ip_network(f"{address}/{length}", strict=False)) for length in lengths)
    return one, network


def daily_mark(request: HttpRequest, *, today: dt.date | None = None) -> str:
    """Return 16 letters that stand for the client's address until midnight (UTC) and can't be turned back.

    An IPv6 client counts by its /64, which one household has.
    """
    return _mark_of_day(_household(client_address(request)), today)


def daily_marks(request: HttpRequest, *, today: dt.date | None = None) -> list[str]:
    """Return the same by all keys of the site, the present one's first: what was kept is known after a change of it."""
    address = _household(client_address(request))
    return [_mark_of_day(address, today, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _household(address: str) -> str:
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)


def _mark_of_day(address: str, today: dt.date | None = None, key: str | bytes | None = None) -> str:
    day = today or timezone.now().astimezone(dt.UTC).date()
    salt = salted_hmac("smo_kit.limits", day.isoformat(), secret=key, algorithm="sha256").digest()
    return hashlib.blake2b(address.encode(), key=salt[:64], digest_size=8).hexdigest()


def first_time(what: str, who: str, *, seconds: int) -> bool:
    """Say whether this happens for the first time within so many seconds."""
    return cache.add(f"smo:once:{what}:{who}", 1, seconds)


def has_happened(what: str, who: str) -> bool:
    """Say whether ``first_time`` was asked for the same within its seconds. Nothing is counted."""
    return cache.get(f"smo:once:{what}:{who}") is not None


def within(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more and say whether no more than ``limit`` have happened in this window of so many seconds."""
    return part_within(what, who, 1, limit=limit, seconds=seconds) == 1


def client_within(request: HttpRequest, what: str, *, limit: int, seconds: int) -> bool:
    """Say the same of what comes from the client's address; of IPv6 its /64 counts, and its /48 ``NEIGHBOURS`` times.

    Who is not known is within every limit: what is counted of him would be that of all readers.
    """
    address = known_address(request)
    if not address:
        return True
    counted = [(daily_mark(request), limit)]
    if ":" in address:
        counted.append((_mark_of_day(networks_of(address)[1]), limit * NEIGHBOURS))
    return all(within(what, who, limit=most, seconds=seconds) for who, most in counted)


def part_within(what: str, who: str, n: int, *, limit: int, seconds: int) -> int:
    """Count ``n`` more and return how many of them are within the ``limit`` of this window of so many seconds.

    The window's number is in the key: caches in files and in the database make a counted key live on.
    """
    key = f"smo:limit:{what}:{who}:{int(time.time()) // seconds}"
    if cache.add(key, n, seconds):
        return min(n, limit)
    try:
        count = cache.incr(key, n)
    except ValueError:  # it ran out between the two calls
        return min(n, limit) if cache.add(key, n, seconds) else 0
    if count == 2 or n > 1:
        cache.touch(key, seconds)  # the same caches give it their own default time
    return max(0, min(n, limit - count + n))


def give_back(what: str, who: str, *, seconds: int) -> None:
    """Take back one that ``within`` has counted in this window: it turned out to be no abuse."""
    key = f"smo:limit:{what}:{who}:{int(time.time()) // seconds}"
    with suppress(ValueError):  # it was counted in an earlier window
        if cache.get(key, 0) > 0:
            cache.decr(key)


@once
def _complain() -> None:
    """Once for each process."""
    logger.error(
        "Requests come through a proxy whose word is not taken, so readers can't be told apart: repeated views of one "
        "count each time, and limits of reports, ratings and votes for each address have no effect. "
        "Set SMO_KIT['CORE']['trusted_proxies'] to the number of your proxies.",
        extra=event("core.proxy_untrusted"),
    )
