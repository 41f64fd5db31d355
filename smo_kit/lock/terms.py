"""The terms of a lock: the site's, those of its tag or plugin, those an editor gave it; the later wins.

They are kept in the cache, so that a page with a lock asks no query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import site_id
from smo_kit.lock import places
from smo_kit.lock.conf import LockConf, lock_settings
from smo_kit.lock.models import Lock
from smo_kit.lock.refs import Ref

logger = event_logger(__name__)

SECONDS: Final = 300

Kept: TypeAlias = tuple[dict[str, Any], dict[str, Any]]
"""What is said of a lock itself, and the options that were chosen for it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What opens a lock, and when it is closed at all."""

    lock_id: int
    conf: LockConf
    is_on: bool = True
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None

    def is_closed(self, now: dt.datetime | None = None) -> bool:
        """Say whether it hides anything at present."""
        now = now or timezone.now()
        return self.is_on and not (self.starts and now < self.starts) and not (self.ends and now >= self.ends)


def terms_of(ref: Ref, options: Mapping[str, Any] | None = None) -> Terms | None:
    """Return the terms of a lock; None if there is none.

    ``options`` are what the tag or the plugin says, when its page is rendered: they are kept with the lock, which comes
    into being by that. Without them (an endpoint asks) they are those that were last kept.
    """
    name = _cache_key(ref, options)  # before anything is read: what changes meanwhile has another
    kept: Kept | None = cache.get(name)
    if kept is None:
        kept = _find(ref) if options is None else _keep(ref, options)
        if kept is not None:
            cache.set(name, kept, SECONDS)
    return _made(*kept) if kept is not None else None


def terms_with(lock: Lock, options: Mapping[str, Any]) -> Terms:
    """Return the terms of a lock whose tag or plugin says this, as they would be if they were read now."""
    return _made(*_both(lock, options))


def forget(lock: Lock) -> None:
    """Have the terms of a lock read anew, by the next reader and by who reads while this is written."""
    _forget(lock)
    transaction.on_commit(lambda: _forget(lock), robust=True)


def _forget(lock: Lock) -> None:
    cache.set(_version_key(lock.content_type_id, lock.object_pk, lock.name), timezone.now().timestamp(), SECONDS * 2)


def forget_named(name: str) -> None:
    """Have the terms of all locks of a name read anew, however many pages have one."""
    cache.set(_name_key(name), timezone.now().timestamp(), SECONDS * 2)


def _keep(ref: Ref, options: Mapping[str, Any]) -> Kept | None:
    """Write down that the lock is there. What can't be written leaves it closed, and the page is served."""
    try:
        with transaction.atomic():
            lock, _ = Lock.objects.get_or_create(
                site_id=site_id(),
                content_type_id=ref.key.content_type_id,
                object_pk=ref.key.object_pk,
                name=ref.name,
            )
            if places.can_hold(ref) and places.keep(lock, ref, options):
                forget(lock)
    except DatabaseError as error:
        logger.warning(
            "The lock %s of %s can't be kept now: %s",
            ref.name,
            ref.path,
            error,
            extra=event("lock.lock_not_kept", lock=ref.name),
        )
        return None
    cache.delete(_cache_key(ref, None))
    return _both(lock, options)


def _find(ref: Ref) -> Kept | None:
    """Return what holds for a lock at its place."""
    found = places.said_at(ref)
    return _both(*found) if found else None


def _made(about: Mapping[str, Any], chosen: Mapping[str, Any]) -> Terms:
    return Terms(conf=replace(lock_settings(), **right_terms(chosen)), **about)


def _both(lock: Lock, options: Mapping[str, Any]) -> Kept:
    about = {"lock_id": lock.pk, "is_on": lock.is_on, "starts": lock.starts, "ends": lock.ends}
    return about, {**options, **lock.options}


def right_terms(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are settings, as they are kept; what is wrong has no effect."""
    found: dict[str, Any] = {}
    for name, value in chosen.items():
        try:
            found[name] = lock_settings.accept(name, value)
        except (KeyError, ValueError):
            logger.warning("A lock has a term that is no setting: %s=%r", name, value, extra=event("lock.term_unknown"))
    return found


def _cache_key(ref: Ref, options: Mapping[str, Any] | None) -> str:
    keys = (_version_key(ref.key.content_type_id, ref.key.object_pk, ref.name), _name_key(ref.name))
    found = cache.get_many(keys)
    said = sorted(options.items()) if options is not None else None
    return f"smo:lock:{_digest(ref, said, *(found.get(key, 0) for key in keys))}"


def _version_key(content_type: int, pk: str, name: str) -> str:
    return f"smo:lock:v:{_digest(content_type, pk, name)}"


def _name_key(name: str) -> str:
    return f"smo:lock:n:{_digest(name)}"


def _digest(*parts: object) -> str:
    return blake2b(repr((site_id(), *parts)).encode("utf-8", "replace"), digest_size=16).hexdigest()
