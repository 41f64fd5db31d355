"""Faults of counting that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

Messages = list[checks.CheckMessage]

_NO_CACHE: Final = "django.core.cache.backends.dummy.DummyCache"
_OWN_CACHE: Final = "django.core.cache.backends.locmem.LocMemCache"


@checks.register("smo_kit", deploy=True)
def repeats_are_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W202: the default cache does not let processes know of each other's readers."""
    backend = settings.CACHES.get("default", {}).get("BACKEND", "")
    said = {
        _NO_CACHE: "The default cache keeps nothing: every look of the same reader counts, and no limit holds.",
        _OWN_CACHE: "The default cache is each process's own: a reader counts once for each process, and so do limits.",
    }
    if backend not in said:
        return []
    hint = "Use a cache that processes share: Redis, Memcached, the database or files."
    return [checks.Warning(said[backend], hint=hint, id="smo_kit.W202")]
