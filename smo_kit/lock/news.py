"""News for pages that wait: something has happened to what a visitor has done. No page ever says who he is.

It is one entry of the cache, found by the visitor's cookie alone. Where it is lost, a page hears of it when it asks the
lock itself, which it does every so often.
"""

from __future__ import annotations

import time
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest

from smo_kit.core.marks import mark
from smo_kit.core.visitors import Visitor, account_mark, named_in_cookie
from smo_kit.share.proofs import BROWSER

SECONDS: Final = 120
"""Nobody waits for news longer: by then his page has asked."""


def tell_visitor(visitor: Visitor) -> None:
    """Have a visitor's pages ask again."""
    if visitor.user_id is not None:
        tell_member(visitor.user_id)
    elif visitor.key:
        tell_browser(mark(BROWSER, visitor.key))


def tell_member(user_id: Any) -> None:
    """Have the pages of a member ask again."""
    _tell(account_mark(user_id))


def tell_browser(sharer: str) -> None:
    """Have the pages of a browser ask again; it is known by the mark under which it shares."""
    _tell(sharer)


def last_of(request: HttpRequest) -> str:
    """Return a word for the last news of who asks, another one for each; "": there is none."""
    key, account = named_in_cookie(request)
    if not key:
        return ""
    found: str = cache.get(_cache_key(account or mark(BROWSER, key)), "")
    return found


def _tell(who: str) -> None:
    cache.set(_cache_key(who), str(time.time_ns()), SECONDS)


def _cache_key(who: str) -> str:
    return f"smo:news:{who}"
