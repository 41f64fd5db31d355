"""The terms of a lock: the site's, those of its tag or plugin, those an editor gave it; the later wins.

They are kept in the cache, so that a page with a lock asks no query.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Final

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.core.subjects import PATH_LENGTH
from smo_kit.lock.conf import LockConf, lock_settings
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.refs import Ref

logger = logging.getLogger(__name__)

SECONDS: Final = 300
MOST_SPOTS: Final = 50
"""Of one lock: some routes take any address, and a visitor's makes no row without end."""


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
    kept = cache.get(_cache_key(ref, options))
    if kept is None:
        kept = _find(ref) if options is None else _keep(ref, options)
        if kept is not None:
            cache.set(_cache_key(ref, options), kept, SECONDS)
    if kept is None:
        return None
    return _made(*kept)


def terms_with(lock: Lock, options: Mapping[str, Any]) -> Terms:
    """Return the terms of a lock whose tag or plugin says this, as they would be if they were read now."""
    return _made(*_both(lock, options))


def forget(lock: Lock) -> None:
    """Have the terms of a lock read anew: called when it was saved or deleted."""
    cache.set(_version_key(lock.content_type_id, lock.object_pk, lock.name), timezone.now().timestamp(), SECONDS * 2)


def forget_named(name: str) -> None:
    """Have the terms of all locks of a name read anew, however many pages have one."""
    cache.set(_name_key(name), timezone.now().timestamp(), SECONDS * 2)


def _keep(ref: Ref, options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Write down that the lock is there. What can't be written leaves it closed, and the page is served."""
    try:
        with transaction.atomic():
            lock, _ = Lock.objects.get_or_create(
                site_id=site_id(),
                content_type_id=ref.key.content_type_id,
                object_pk=ref.key.object_pk,
                name=ref.name,
            )
            if _may_be_kept(lock, ref):
                values = {"path": ref.path[:PATH_LENGTH], "options": dict(options)}
                Spot.objects.update_or_create(
                    lock=lock, language=ref.key.language, source=ref.source, where=ref.where, defaults=values
                )
    except DatabaseError as error:
        logger.warning("The lock %s of %s can't be kept now: %s", ref.name, ref.path, error)
        return None
    return _both(lock, options)


def _may_be_kept(lock: Lock, ref: Ref) -> bool:
    """Say whether a place is one that a table can hold, and known or not one too many."""
    if len(ref.where) > PATH_LENGTH or "\0" in ref.where + ref.path:
        return False
    spots = lock.spots.filter(language=ref.key.language, source=ref.source, where=ref.where)
    return lock.spots.count() < MOST_SPOTS or spots.exists()


def _find(ref: Ref) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return what was kept of a lock: with this place, else with the nearest of the same form."""
    spots = Spot.objects.select_related("lock").filter(
        lock__site_id=site_id(), lock__content_type_id=ref.key.content_type_id, lock__object_pk=ref.key.object_pk
    )
    found = [spot for spot in spots.filter(source=ref.source) if spot.lock.name == ref.name]
    found.sort(key=lambda spot: (spot.where == ref.where, spot.language == ref.key.language))
    return _both(found[-1].lock, found[-1].options) if found else None


def _made(about: Mapping[str, Any], chosen: Mapping[str, Any]) -> Terms:
    return Terms(conf=replace(lock_settings(), **right_terms(chosen)), **about)


def _both(lock: Lock, options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    about = {"lock_id": lock.pk, "is_on": lock.is_on, "starts": lock.starts, "ends": lock.ends}
    return about, {**options, **lock.options}


def right_terms(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are settings, as they are kept; what is wrong has no effect."""
    found: dict[str, Any] = {}
    for name, value in chosen.items():
        try:
            found[name] = lock_settings.accept(name, value)
        except (KeyError, ValueError):
            logger.warning("A lock has a term that is no setting: %s=%r", name, value)
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
