"""Who rates: an account, else a browser; each kept as a mark that can't be turned back."""

from __future__ import annotations

from typing import Final

from smo_kit.core.identities import identities, of_browser
from smo_kit.core.visitors import Visitor

_BROWSER: Final = "smo_kit.ratings.browser"


def voters_of(visitor: Visitor) -> list[str]:
    """Return the mark that a visitor rates by, then all others by which he may have rated before."""
    return identities(visitor, _BROWSER)


def marks_of_browser(key: str) -> list[str]:
    """Return the marks of a browser; none for none."""
    return of_browser(key, _BROWSER)
