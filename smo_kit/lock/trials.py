"""Two teasers tried against each other."""

from __future__ import annotations

import datetime as dt

from smo_kit.lock.terms import Terms


def variant_of(terms: Terms, now: dt.datetime | None = None) -> str:
    """Return which teaser stands there at this moment, ``a`` or ``b``; "" if there is but one."""
    return ""
