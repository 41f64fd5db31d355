"""What the accounts say in the head of every page: who the organization is elsewhere, and whose the page is."""

from __future__ import annotations

from django.http import HttpRequest

from smo_kit.core.cards import Card
from smo_kit.core.head import Addition, adds_to_head
from smo_kit.core.subjects import Key
from smo_kit.follow.services import Official, official_accounts
from smo_kit.networks.registry import network


@adds_to_head
def accounts_in_head(card: Card, request: HttpRequest | None, key: Key | None) -> Addition:
    """Return ``sameAs``, ``rel="me"`` and the networks' own meta tags."""
    elsewhere = [one for one in official_accounts() if one.is_elsewhere]
    if not elsewhere:
        return Addition()
    urls = list(dict.fromkeys(one.url for one in elsewhere))
    return Addition(
        meta=_meta(elsewhere),
        links=tuple({"rel": "me", "href": url} for url in urls),
        organization={"sameAs": urls},
    )


def _meta(accounts: list[Official]) -> dict[str, str]:
    """The first account in a network is the one that its tag names."""
    found: dict[str, str] = {}
    for one in accounts:
        owner = network(one.network)
        for name, template in (owner.account_meta if owner else {}).items():
            found.setdefault(name, template.format(handle=one.handle))
    return found
