"""An account's handle, out of whatever an editor types: the handle, or the address of the account pasted whole."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from smo_kit.networks.network import Follow, Network

_FIELD: Final = re.compile(r"\{(\w+)\}")


class NoHandle(ValueError):
    """What was typed is no account that the network could have."""

    def __init__(self, network: Network, typed: str) -> None:
        super().__init__(f"{network.id} has no account {typed!r}.")


def handle_from(network: Network, typed: str) -> str:
    """Return the handle. Raises NoHandle."""
    follow = network.follow
    typed = typed.strip()
    for candidate in (typed.removeprefix("@"), *_in_address(network, follow, typed)) if follow else ():
        if handle := _fitting(follow, candidate):
            return handle
    raise NoHandle(network, typed)


def _fitting(follow: Follow | None, candidate: str) -> str:
    """Return the handle in a candidate, or "". A pattern whose group ``handle`` is a part of it keeps that part."""
    try:
        if not follow or not follow.url(candidate):
            return ""
    except ValueError:
        return ""
    match = re.fullmatch(follow.handle, candidate)
    return (match.groupdict().get("handle") if match else None) or candidate


def _in_address(network: Network, follow: Follow, typed: str) -> list[str]:
    """Return what may be the handle in an address, the longest first: of ``/company/us/about/`` also ``company/us``."""
    try:
        given = urlsplit(typed if "://" in typed else f"https://{typed}")
    except ValueError:
        return []
    template = urlsplit(follow.address)
    host = _fields(template.netloc, given.netloc)
    is_there = host is not None if "{" in template.netloc else network.owns(given.geturl())
    if not is_there:
        return []
    queries = given.query.split("&")
    places = queries if template.query else [*_with_query(given.path, queries), *_beginnings(unquote(given.path))]
    rest = template.query or unquote(template.path).strip("/")
    found = (_fields(rest, place) for place in places)
    return [_handle(follow, {**(host or {}), **fields}) for fields in found if fields is not None]


def _with_query(path: str, queries: list[str]) -> list[str]:
    """Return a path with each part of its query: some accounts are known by a number there."""
    return [f"{unquote(path).strip('/')}?{query}" for query in queries if query]


def _beginnings(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return ["/".join(parts[:n]) for n in range(len(parts), -1, -1)]


def _fields(template: str, text: str) -> dict[str, str] | None:
    """Return what stands in a text where the template has its fields, or None if the text is no such one."""
    parts = _FIELD.split(template)
    pattern = "".join(f"(?P<{part}>.+)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    match = re.fullmatch(pattern, text)
    return match.groupdict() if match else None


def _handle(follow: Follow, fields: dict[str, str]) -> str:
    """Where accounts have hosts of their own, the handle is ``name@host``: its parts in the order of the pattern."""
    if "handle" in fields:
        return fields["handle"]
    order = re.compile(follow.handle).groupindex
    return "@".join(fields[name] for name in sorted(fields, key=lambda name: order[name]))
