"""Personal links: made when a visitor goes to a network, found again by the token that others come with."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.addresses import absolute
from smo_kit.core.cards import Card, card_for
from smo_kit.core.identities import identities
from smo_kit.core.own_urls import address_if_any, own_address
from smo_kit.core.registrations import registration_of
from smo_kit.core.settings import site_id
from smo_kit.core.shown import page_of
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import begin_to_write, patiently
from smo_kit.core.visitors import Visitor
from smo_kit.share.models import PersonalLink
from smo_kit.share.proofs import BROWSER

LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of tokens: no two look alike, a double click takes all of them, and whoever makes them small spoils nothing."""
NEW_LENGTH: Final = 17
"""Letters of a new token: 84 random bits."""


def mint(visitor: Visitor, key: Key, network_id: str, *, user: Any = None, home: str = "") -> PersonalLink:
    """Return the visitor's link of a subject (in the key's language) to a network, made if there is none.

    He goes out with it now. ``user`` is his account, ``home`` the daily mark of his address. What he has shared as a
    guest of this browser becomes his account's. Raises ValueError for a visitor with neither key nor account.
    """
    sharers = identities(visitor, BROWSER)
    if not sharers:
        raise ValueError("A visitor without a key and without an account has no link of his own.")
    where = {"site_id": site_id(), **key.fields, "language": key.language, "network": network_id}

    def work() -> PersonalLink:
        begin_to_write(PersonalLink)
        link = _link_of_any(sharers, where) or _new_link(sharers, where)
        link.sharer, link.home, link.opened = sharers[0], home, timezone.now()
        link.times += 1
        if user is not None:
            link.user = user
        link.save(update_fields=["sharer", "user", "home", "opened", "times"])
        return link

    return patiently(work, IntegrityError)  # of another device, which has made his account's own in this moment


def address_of(link: PersonalLink, request: HttpRequest | None = None) -> str:
    """Return a link's address in full: ``/s/<token>/`` where the site has ``smo_kit.share.short_urls``."""
    path = address_if_any("smo_short:link", link.token) or own_address("smo_share:link", link.token)
    return absolute(path, request)


def out_address(key: Key, network_id: str, extra: Mapping[str, str] | None = None) -> str:
    """Return the path of ours that leads to a network with a personal link; "" where the site has left out our URLs.

    ``key`` has the language of the page. ``extra`` are further parameters, which whoever hears ``went_out`` may read.
    """
    path = own_address("smo_share:out", network_id)
    return f"{path}?{urlencode({'o': key.sign(), **(extra or {})})}" if path else ""


def shown(key: Key) -> tuple[Any, Card] | None:
    """Return the object that shows a subject, and its card, as anybody may see them now; None: nobody may.

    Both speak the key's language if there is something in it, else another.
    """
    page = page_of(key, language=key.language)
    if page is None or registration_of(type(page)) is None:
        return None
    card = card_for(page, language=key.language or None)
    return (page, card) if card is not None and card.url else None


def _link_of_any(sharers: list[str], where: Mapping[str, Any]) -> PersonalLink | None:
    """Return the link of the first of these marks that has one, locked."""
    rows = PersonalLink.objects.select_for_update().filter(sharer__in=sharers, **where)
    return min(rows, key=lambda link: sharers.index(link.sharer), default=None)


def _new_link(sharers: list[str], where: Mapping[str, Any]) -> PersonalLink:
    """Make one, unless another process has made it just now."""
    made = PersonalLink(token=new_token(), sharer=sharers[0], **where)
    PersonalLink.objects.bulk_create([made], ignore_conflicts=True)
    return PersonalLink.objects.select_for_update().get(sharer=sharers[0], **where)


def new_token() -> str:
    """Return a token that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(NEW_LENGTH))
