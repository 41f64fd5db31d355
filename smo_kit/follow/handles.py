"""An account's handle, out of whatever an editor types: the handle, or the address of the account pasted whole."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from smo_kit.networks.network import Follow, Network

_FIELD: Final = re.compile(r"\{(\w+)\}")


def handle_from(network: Network, typed: str) -> str:
    """Return the handle. Raises ValueError when it is none that this network could have."""
    follow = network.follow
    if follow is None:
        raise ValueError(typed)
    typed = typed.strip()
    for candidate in (typed.removeprefix("@"), *_in_address(network, follow, typed)):
        try:
            follow.url(candidate)
        except ValueError:
            continue
        return candidate
    raise ValueError(typed)


def _in_address(network: Network, follow: Follow, typed: str) -> list[str]:
    """Return what may be the handle in an address, the longest first: of ``/company/us/about/`` also ``company/us``."""
    given = urlsplit(typed if "://" in typed else f"https://{typed}")
    template = urlsplit(follow.address)
    host = re.fullmatch(_pattern(template.netloc), given.netloc) if "{" in template.netloc else None
    if host is None and not ("{" not in template.netloc and network.owns(given.geturl())):
        return []
    if template.query:
        given_rest, rest = given.query.split("&"), template.query
    else:
        parts = [part for part in unquote(given.path).split("/") if part]
        given_rest, rest = ["/".join(parts[:n]) for n in range(len(parts), -1, -1)], template.path.strip("/")
    found = (re.fullmatch(_pattern(rest), one) for one in given_rest)
    groups = [{**(host.groupdict() if host else {}), **match.groupdict()} for match in found if match]
    return [_handle(follow, one) for one in groups]


def _pattern(template: str) -> str:
    parts = _FIELD.split(template)
    return "".join(f"(?P<{part}>.+)" if n % 2 else re.escape(part) for n, part in enumerate(parts))


def _handle(follow: Follow, groups: dict[str, str]) -> str:
    """Where every account has a host of its own, the handle is ``name@host``: its parts in the pattern's order."""
    if "handle" in groups:
        return groups["handle"]
    order = re.compile(follow.handle).groupindex
    return "@".join(groups[name] for name in sorted(groups, key=lambda name: order[name]))
