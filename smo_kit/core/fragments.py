"""HTML of a tag, kept in the cache: whatever it depends on is in the key, so nothing has to be thrown away."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Final, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from smo_kit import __version__
from smo_kit.core.conf import core_settings
from smo_kit.core.settings import settings_version, site_id

T = TypeVar("T")

_BLANKS: Final = re.compile(r"\s+")


def fragment(name: str, depends_on: object, render: Callable[[], str]) -> SafeString:
    """Return the HTML that ``render`` returns, from the cache if it was rendered before from the same things."""
    return mark_safe(kept(name, depends_on, lambda: dense(render())))  # of a template


def kept(name: str, depends_on: object, make: Callable[[], T]) -> T:
    """Return what ``make`` returns (not None), from the cache if it was made before from the same things.

    ``depends_on`` must have a ``repr`` that tells all its parts. Site, language, saved settings, release and the
    addresses of static files count too. While developing (DEBUG) nothing is kept, so that a changed template shows.
    """
    if settings.DEBUG:
        return make()
    whole = (depends_on, site_id(), get_language(), settings_version(), __version__, static("smo_kit/core/buttons.css"))
    key = f"smo:{name}:{blake2b(repr(whole).encode('utf-8', 'replace'), digest_size=16).hexdigest()}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, core_settings().card_seconds)
    return found


def dense(html: str) -> str:
    """Return HTML without the blanks that a template leaves around its lines."""
    return _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else run[0], html).strip()
