"""How often something may be done, counted in the cache that all processes share."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import time
from contextlib import suppress

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from smo_kit.core.conf import core_settings


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address: what the farthest trusted proxy saw, else the peer's; "" if unknown."""
    hops = core_settings().trusted_proxies
    seen = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    address = seen[-hops] if 0 < hops <= len(seen) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def networks_of(address: str) -> tuple[str, str]:
    """Return what counts as one client, and its network: IPv4 /32 and /24, IPv6 /64 and /48."""
    lengths = (64, 48) if ":" in address else (32, 24)
    one, network = (str(ipaddress.ip_network(f"{address}/{length}", strict=False)) for length in lengths)
    return one, network


def daily_mark(request: HttpRequest, *, today: dt.date | None = None) -> str:
    """Return 16 letters that stand for the client's address until midnight (UTC) and can't be turned back.

    An IPv6 client counts by its /64, which one household has.
    """
    address = client_address(request)
    if ":" in address:
        address = str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    day = today or timezone.now().astimezone(dt.UTC).date()
    salt = salted_hmac("smo_kit.limits", day.isoformat(), algorithm="sha256").digest()
    return hashlib.blake2b(address.encode(), key=salt[:64], digest_size=8).hexdigest()


def first_time(what: str, who: str, *, seconds: int) -> bool:
    """Say whether this happens for the first time within so many seconds."""
    return cache.add(f"smo:once:{what}:{who}", 1, seconds)


def within(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more and say whether no more than ``limit`` have happened in this window of so many seconds."""
    return part_within(what, who, 1, limit=limit, seconds=seconds) == 1


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
