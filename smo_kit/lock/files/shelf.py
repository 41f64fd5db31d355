"""The files that a site gives, as its pages know them: kept in the cache, so that a page with one asks no query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.lock.models import Download
from smo_kit.lock.terms import forget_named

SECONDS: Final = 300
NAME: Final = "file:"
"""What names of locks begin with that hide a file; its short name follows."""

_Row = TypeVar("_Row", bound="Download | Facts")


@dataclass(frozen=True, slots=True)
class Facts:
    """What everybody may know of a file."""

    pk: int
    slug: str
    language: str
    title: str
    summary: str
    kind: str
    """``PDF``; "" of a name without a suffix."""
    size: int
    options: tuple[tuple[str, Any], ...]
    """Terms that hold wherever it is offered."""

    @property
    def measures(self) -> str:
        """Kind and size as people read them, in the active language: "PDF, 2.4 MB"."""
        return ", ".join(filter(None, (self.kind, filesizeformat(self.size))))


def facts_of(slug: str, language: str) -> Facts | None:
    """Return the file of a short name for a page in a language; None: there is none, or it is not given now."""
    kept: tuple[Facts, ...] | None = cache.get(_cache_key(slug))
    if kept is None:
        kept = tuple(map(facts_from, Download.objects.filter(site_id=site_id(), slug=slug, is_on=True)))
        cache.set(_cache_key(slug), kept, SECONDS)
    return best_of((one for one in kept if one.slug == slug), language)


def download_of(slug: str, language: str) -> Download | None:
    """Return the same with all that is known of it, by a query."""
    rows = Download.objects.filter(site_id=site_id(), slug=slug, is_on=True)
    return best_of((one for one in rows if one.slug == slug), language)


def best_of(rows: Iterable[_Row], language: str) -> _Row | None:
    """Return the file in a language, else the one for all, else that of the site's first language, else any."""
    rank = {settings.LANGUAGE_CODE: 1, "": 2} | {language: 3}
    return max(rows, key=lambda one: rank.get(one.language, 0), default=None)


def forget(download: Download) -> None:
    """Have a file, and the terms of its locks, read anew: called when it was saved or deleted."""
    cache.set(_version_key(download.slug), timezone.now().timestamp(), SECONDS * 2)
    forget_named(f"{NAME}{download.slug}")


def facts_from(row: Download) -> Facts:
    """Return what everybody may know of a file."""
    kind = PurePosixPath(row.name).suffix[1:].upper()
    options: Mapping[str, Any] = row.options if isinstance(row.options, Mapping) else {}
    return Facts(row.pk, row.slug, row.language, row.title, row.summary, kind, row.size, tuple(sorted(options.items())))


def _cache_key(slug: str) -> str:
    version = cache.get(_version_key(slug), 0)
    return f"smo:file:{_digest(slug, version)}"


def _version_key(slug: str) -> str:
    return f"smo:file:v:{_digest(slug)}"


def _digest(*parts: object) -> str:
    return blake2b(repr((site_id(), *parts)).encode("utf-8", "replace"), digest_size=12).hexdigest()
