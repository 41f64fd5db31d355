"""Two teasers of a lock take turns."""

from __future__ import annotations

from smo_kit.lock.terms import Terms


def variant_of(terms: Terms) -> str:
    """Return which teaser stands there now: ``a`` or ``b``; "" if there is but one."""
    return ""
