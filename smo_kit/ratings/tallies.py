"""Summaries as pages read them: one from the cache, those of lists in one query.

What is kept names the word that stood for the subject's ratings when it was read; each rating puts another word there
once it is committed. So who has read before that keeps what nobody believes after it. Where the cache fails at that
moment, or the process ends, the figures are those of before the rating until they run out (``card_seconds``).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final, TypeVar

from django.core.cache import cache
from django.db import router, transaction
from django.db.models import QuerySet

from smo_kit.core.conf import core_settings
from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.ratings.models import Rated, Summary

_WORD: Final = 8

Rows = TypeVar("Rows", bound=Rated)


def tally(key: Key, kind: str) -> Summary:
    """Return the ratings of a subject, counted: no query if they are known."""
    name = _name(key, kind)
    found = cache.get_many([name, f"{name}:word"])
    word, kept = found.get(f"{name}:word"), found.get(name)
    if word is None:
        cache.add(f"{name}:word", _new_word(), core_settings().card_seconds)
        word = cache.get(f"{name}:word")
    elif kept and kept[0] == word:
        return _summary(key, kind, kept[1])
    row = written(Summary).filter(**columns(key, kind)).first() or _summary(key, kind, (0, 0, {}))
    if word is not None:
        cache.set(name, (word, row.figures()), core_settings().card_seconds)
    return row


def tallies(keys: Iterable[Key], kind: str) -> dict[Key, Summary]:
    """Return the ratings of many subjects by their keys, in one query."""
    wanted = [key.speaking("") for key in keys]
    if not wanted:
        return {}
    rows = Summary.objects.filter(about(wanted), site_id=site_id(), kind=kind)
    found = {row.key: row for row in rows}
    return {key: found.get(key) or _summary(key, kind, (0, 0, {})) for key in wanted}


def renew(key: Key, kind: str) -> None:
    """Have everybody read them anew: now, and once more when the transaction has come true."""
    name = _name(key, kind)
    _renew(name)
    transaction.on_commit(lambda: _renew(name), robust=True)


def written(model: type[Rows]) -> QuerySet[Rows]:
    """Return rows as they were written: a replica that is read may not have heard yet of what was given just now."""
    return model._default_manager.using(router.db_for_write(model))


def columns(key: Key, kind: str) -> dict[str, Any]:
    """Return the columns that hold a subject and a kind."""
    return {"site_id": site_id(), "kind": kind, **key.fields}


def _renew(name: str) -> None:
    cache.set(f"{name}:word", _new_word(), core_settings().card_seconds)


def _summary(key: Key, kind: str, figures: tuple[int, int, dict[str, Any]]) -> Summary:
    count, total, values = figures
    return Summary(**columns(key, kind), count=count, total=total, values=values)


def _name(key: Key, kind: str) -> str:
    said = repr((site_id(), kind, key.content_type_id, key.object_pk))
    return f"smo:rated:{blake2b(said.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _new_word() -> str:
    return secrets.token_hex(_WORD)
