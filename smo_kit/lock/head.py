"""What search engines are told of locks: which part of a page not everybody reads. They are shown what readers are."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, TypeAlias

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.cards import Card
from smo_kit.core.head import Addition, adds_to_head, say_again
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.lock.models import Spot
from smo_kit.lock.terms import SECONDS

PART: Final = ".smo-lock-part"
"""What a lock hides, once it is open, for CSS."""
ELSEWHERE: Final = "file"
"""The form that hides nothing of the page."""
_FREE: Final = "_smo_lock_free"

Times: TypeAlias = tuple[dt.datetime | None, dt.datetime | None]


@adds_to_head
def locks_in_head(card: Card, request: HttpRequest | None, key: Key | None) -> Addition:
    """Return that the page is not free, and which part of it is not, while one of its locks is closed."""
    languages = {get_language() or "", card.language}  # an object may stand on a page in another
    if key is None:
        return Addition()
    if not any(is_closed(key.speaking(one)) for one in languages):
        if request is not None:
            setattr(request, _FREE, key.fields)
        return Addition()
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": PART}
    return Addition(article={"isAccessibleForFree": False, "hasPart": part})


def told_late(request: Any, key: Key) -> SafeString:
    """Return what the head of a page has not said of a closed lock that stands on it: nobody knew of it by then.

    It is so when a page is shown for the first time; from then on the head knows, and this is nothing.
    """
    if getattr(request, _FREE, None) != key.fields:
        return SafeString("")
    delattr(request, _FREE)
    forget_closed(key)
    return say_again(request, key)


def is_closed(key: Key) -> bool:
    """Say whether something of a subject's page in a language is hidden at present. No query when warm."""
    name = _cache_key(key)
    times: dict[str, list[Times]] | None = cache.get(name)
    if times is None:
        times = _times(key)
        cache.set(name, times, SECONDS)
    now = timezone.now()
    return any(
        not (starts and now < starts) and not (ends and now >= ends) for starts, ends in times.get(key.language, ())
    )


def forget_closed(key: Key) -> None:
    """Have it read anew which locks a subject has."""
    cache.delete(_cache_key(key))


def _times(key: Key) -> dict[str, list[Times]]:
    """Return by language when the locks that are on are closed."""
    spots = Spot.objects.filter(
        lock__site_id=site_id(),
        lock__content_type_id=key.content_type_id,
        lock__object_pk=key.object_pk,
        lock__is_on=True,
    ).exclude(source=ELSEWHERE)
    found: dict[str, list[Times]] = {}
    for language, starts, ends in spots.values_list("language", "lock__starts", "lock__ends").distinct():
        found.setdefault(language, []).append((starts, ends))
    return found


def _cache_key(key: Key) -> str:
    return f"smo:lock:head:{site_id()}:{key.content_type_id}:{key.object_pk}"
