"""The site's official accounts, and the buttons that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import ASK_EVERY, site_id
from smo_kit.follow.models import Account
from smo_kit.networks.registry import mark, network

logger = event_logger(__name__)

SECONDS: Final = int(ASK_EVERY)
"""For how long the accounts are believed, where processes share no cache."""


@dataclass(frozen=True, slots=True)
class Official:
    """An account that is shown, with its address."""

    network: str
    handle: str
    title: str
    url: str
    is_elsewhere: bool
    """False for a feed of this site: nobody else's page speaks of the site there."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that leads to an account."""

    name: str
    label: str
    """What a screen reader says."""
    href: str
    rel: str
    colour: str
    shapes: SafeString


def official_accounts() -> tuple[Official, ...]:
    """Return the site's accounts in their order, without those of dead networks; no query when asked again at once."""
    language = get_language() or settings.LANGUAGE_CODE
    key = _cache_key(language)
    stored: tuple[Official, ...] | None = cache.get(key)
    if stored is None:
        rows = Account.objects.filter(site_id=site_id(), is_shown=True)
        stored = tuple(official for row in rows if (official := _official(row, language)))
        cache.set(key, stored, SECONDS)
    return stored


def forget_accounts() -> None:
    """Ask the table anew."""
    cache.delete_many([_cache_key(code) for code, _ in settings.LANGUAGES])


def account_buttons() -> list[Button]:
    """Return a button for each of the site's accounts."""
    return [button for one in official_accounts() if (button := _button(one))]


def _cache_key(language: str) -> str:
    return f"smo:accounts:{site_id()}:{language}"


def _official(row: Account, language: str) -> Official | None:
    found = network(row.network)
    if found is None or found.follow is None:
        return None
    handle = row.handle.replace("{language}", language)
    try:
        return Official(row.network, handle, row.title, found.follow.url(handle), bool(found.hosts))
    except ValueError:
        logger.error(
            "The account %r can't be one of %s. Correct it in the admin.",
            row.handle,
            row.network,
            extra=event("follow.account_wrong"),
        )
        return None


def _button(one: Official) -> Button | None:
    found = network(one.network)
    if found is None:
        return None
    name = str(found.name)
    label = f"{name}: {one.title}" if one.title and one.title != name else name
    rel = "me noopener" if one.is_elsewhere else "noopener"
    return Button(one.title or name, label, one.url, rel, found.colour, mark(found))
