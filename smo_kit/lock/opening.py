"""To whom a lock is open, and how it comes to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.access import may, why_not
from smo_kit.core.answers import reader_of
from smo_kit.core.identities import identities
from smo_kit.core.shown import owner_of
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import begin_to_write, patiently
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.services import record
from smo_kit.lock import counting, trials
from smo_kit.lock.audited import is_audit
from smo_kit.lock.conf import Group, LockConf
from smo_kit.lock.kinds import UNLOCKED
from smo_kit.lock.models import Lock, Opening
from smo_kit.lock.querysets import OpeningQuerySet
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms, terms_with
from smo_kit.lock.wanted import reader_behind

BROWSER: Final = "smo_kit.lock.browser"
"""The purpose of marks that stand for browsers."""
FRESH: Final = dt.timedelta(hours=2)
"""What was begun longer ago and came to nothing begins anew. No wait and no patience lasts so long."""
MEMBERSHIP: Final = "sign_in"
"""The way that is open to every member: he has done already what it asks for."""


def is_open(request: HttpRequest, ref: Ref, terms: Terms) -> bool:
    """Say whether who asks may read what a lock hides: it is off, he is one of those for whom it is open, or he has
    opened it.
    """
    if not terms.is_closed() or is_audit(reader_behind(request)) or is_open_for(request.user, ref.key, terms.conf):
        return True
    if not may(request, "unlock", ref.key):
        return False
    if request.user.is_authenticated and MEMBERSHIP in terms.conf.ways:
        return True
    reader = reader_of(request)
    return reader is not None and of_reader(reader, terms.lock_id).standing(timezone.now()).exists()


def is_open_for(user: Any, key: Key, conf: LockConf) -> bool:
    """Say whether somebody is one of those for whom a lock is always open."""
    if not user.is_authenticated:
        return False
    belongs: dict[Group, Callable[[], bool]] = {
        "members": lambda: True,
        "groups": lambda: not why_not(user, "unlock", "groups"),
        "editors": lambda: _is_editor(user, key),
    }
    return any(belongs[group]() for group in conf.open_for)


def opens_to_members(lock: Lock) -> bool:
    """Say whether every member finds a lock open that asks for signing in, among other ways."""
    spot = lock.last_spot
    return MEMBERSHIP in terms_with(lock, spot.options if spot else {}).conf.ways


def openers_of(visitor: Visitor) -> list[str]:
    """Return the mark that a visitor opens by, then all others by which he may have opened before."""
    return identities(visitor, BROWSER)


def of_reader(visitor: Visitor, lock_id: int) -> OpeningQuerySet:
    """Return what a visitor did to open a lock."""
    return Opening.objects.filter(lock=lock_id, opener__in=openers_of(visitor))


def begin(visitor: Visitor, terms: Terms, way: str, network: str = "") -> Opening:
    """Write down that somebody has set out to open a lock by a way, and return it: one row, however often he does.

    The time counts from the first time, until it has opened and run out, or has come to nothing for long.
    """
    row, is_new = patiently(lambda: _begin(visitor, terms, way, network))
    if is_new:
        counting.count(terms.lock_id, "tried", way=way, network=network, variant=row.variant)
    return row


def open_by(
    visitor: Visitor, ref: Ref, terms: Terms, way: str, network: str = "", *, request: HttpRequest | None = None
) -> Opening:
    """Open a lock to a visitor for as long as its terms say, and return how it was opened. It is counted once.

    With ``request`` an editor's act is not told as a reader's: see ``engagement.services.record``.
    """
    row = begin(visitor, terms, way, network)
    now = timezone.now()
    days = terms.conf.days
    until = now + dt.timedelta(days=days) if days else None
    if Opening.objects.filter(pk=row.pk, opened=None).update(opened=now, until=until):
        counting.count(terms.lock_id, "opened", way=way, network=network, variant=row.variant)
        record(UNLOCKED.id, ref.key.speaking(""), facet=way, network=network, visitor=visitor, request=request)
    row.refresh_from_db()
    return row


def join(user: Any, browser: Collection[str]) -> None:
    """Make what a browser has opened as a guest's the member's. Of the same lock and way the longer one stays."""
    member = openers_of(Visitor("", user.pk))

    def work() -> None:
        begin_to_write(Opening)
        for row in Opening.objects.filter(opener__in=list(browser)).order_by("pk"):
            same = Opening.objects.filter(lock=row.lock_id, way=row.way, network=row.network, opener__in=member)
            own = same.first()
            if own is not None and _is_longer(own, row):
                row.delete()
                continue
            same.delete()
            row.opener, row.user = member[0], user
            row.save(update_fields=["opener", "user"])

    patiently(work, IntegrityError)  # two sign-ins of one member at once


def _begin(visitor: Visitor, terms: Terms, way: str, network: str) -> tuple[Opening, bool]:
    openers, now = openers_of(visitor), timezone.now()
    if not openers:
        raise ValueError("A visitor without a key and without an account can open nothing.")
    start = {"tried": now, "variant": trials.variant_of(terms), "user_id": visitor.user_id}
    row = of_reader(visitor, terms.lock_id).filter(way=way, network=network).order_by("pk").first()
    if row is None:
        return Opening.objects.get_or_create(
            lock_id=terms.lock_id, opener=openers[0], way=way, network=network, defaults=start
        )
    if not row.has_run_out(now, FRESH):
        return row, False
    anew = {**start, "opened": None, "until": None}
    is_new = bool(Opening.objects.filter(pk=row.pk, tried=row.tried).update(**anew))
    row.refresh_from_db()
    return row, is_new


def _is_longer(one: Opening, other: Opening) -> bool:
    """Say whether the first stays when there are two: it is open, and not for a shorter time."""
    if one.opened is None or other.opened is None:
        return one.opened is not None
    return one.until is None or (other.until is not None and one.until >= other.until)


def _is_editor(user: Any, key: Key) -> bool:
    """Say whether somebody may change a subject, or has written it."""
    try:
        kind = ContentType.objects.get_for_id(key.content_type_id)
    except ContentType.DoesNotExist:
        return False
    return bool(user.has_perm(f"{kind.app_label}.change_{kind.model}")) or owner_of(key, None) == user.pk
