"""The HTML of a closed lock."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from smo_kit.core.own_urls import own_address
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms


def lock_html(ref: Ref, terms: Terms, teaser: str = "") -> SafeString:
    """Return the closed block, the same for every reader. ``teaser`` is HTML."""
    address = own_address("smo_lock:show", ref.sign())
    return format_html('<section class="smo-lock">{}<a href="{}">…</a></section>', teaser, address)
