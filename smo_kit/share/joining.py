"""What signing in does to personal links: those of the browser become the account's. Signing out does nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import IntegrityError, router
from django.db.models import QuerySet
from django.http import HttpRequest

from smo_kit.core.identities import of_browser, of_member
from smo_kit.core.joining import register_joiner
from smo_kit.core.transactions import begin_to_write, patiently
from smo_kit.share.models import Fetch, FormerToken, PersonalLink, Visit
from smo_kit.share.proofs import BROWSER

_SAME = ("site_id", "content_type_id", "object_pk", "language", "network")
"""What two links have in common that only differ in who shares."""
_DATES = ("opened", "previewed", "verified", "visited")


def on_joined(request: HttpRequest, user: Any, browser: str) -> None:
    """Join what the browser has shared."""
    if browser:
        join(user.pk, browser)


def join(user_id: Any, browser: str) -> int:
    """Make a browser's links those of an account; return how many they were.

    Where both have shared the same page to the same network, the two become one: nothing of either is lost, and the
    address that is already out in the world still leads to it.
    """
    guests = of_browser(browser, BROWSER)
    things = list(_written().filter(sharer__in=guests).order_by("pk").values(*_SAME))
    for same in things:
        patiently(partial(_join, same, user_id, guests), IntegrityError)
    return len(things)


def _join(same: dict[str, Any], user_id: Any, guests: Sequence[str]) -> None:
    members = of_member(user_id)
    begin_to_write(PersonalLink)
    rows = _written().select_for_update().filter(**same, sharer__in=[*members, *guests]).order_by("pk")
    links = sorted(rows, key=lambda one: one.sharer not in members)
    if not links:
        return
    kept, *others = links
    for other in others:
        _merge(kept, other)
    kept.sharer, kept.user_id = members[0], user_id
    kept.save(force_update=True)


def _merge(kept: PersonalLink, other: PersonalLink) -> None:
    """Add all of a link to another, and delete it. Who came by both is one visitor."""
    twice = other.visitors.filter(who__in=kept.visitors.values("who")).delete()[0]
    for table in (Visit, Fetch, FormerToken):
        table._default_manager.filter(link=other).update(link=kept)
    FormerToken.objects.create(token=other.token, link=kept)
    if other.home and _later(other.opened, kept.opened) == other.opened:
        kept.home = other.home
    kept.times += other.times
    kept.visits += other.visits - twice
    kept.made = min(kept.made, other.made)
    for name in _DATES:
        setattr(kept, name, _later(getattr(kept, name), getattr(other, name)))
    other.delete()


def _later(one: Any, other: Any) -> Any:
    return max(filter(None, (one, other)), default=None)


def _written() -> QuerySet[PersonalLink]:
    """Return links as the database has them to which they are written, not as a replica does."""
    return PersonalLink.objects.using(router.db_for_write(PersonalLink))


register_joiner("share", on_joined)
