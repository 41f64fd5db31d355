"""The HTML of a lock: its block on the page, the same for every reader, and what stands on it."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from smo_kit.core.fragments import fragment
from smo_kit.core.own_urls import own_address
from smo_kit.lock import trials
from smo_kit.lock.offers import offers_for
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms
from smo_kit.lock.wanted import identity


def lock_html(ref: Ref, terms: Terms, teaser: str = "") -> SafeString:
    """Return the block of a closed lock; without our addresses, which could open it, just the teaser.

    ``teaser`` is HTML that anybody may read. Nothing else of what stands on the page is known here.
    """
    variant = trials.variant_of(terms)
    shown = conditional_escape(teaser)
    depends_on = (ref, terms, str(shown), variant)
    return fragment("lock", depends_on, lambda: _block(ref, terms, shown, variant))


def card_context(ref: Ref, terms: Terms, variant: str) -> dict[str, Any]:
    """Return what a template needs to show a closed lock and the ways that open it."""
    token = ref.sign()
    title, text = words_of(terms, variant)
    return {
        "mark": mark_of(ref),
        "title": title,
        "text": text,
        "token": token,
        "show": own_address("smo_lock:show", token),
        "action": own_address("smo_lock:open", token),
        "offers": offers_for(ref, terms),
        "days": terms.conf.days,
    }


def words_of(terms: Terms, variant: str) -> tuple[str, str]:
    """Return heading and teaser of a lock, as its owner or the suite says them."""
    title, text = trials.words_of(terms, variant)
    return (
        str(title) or gettext("The rest opens for a small thank-you"),
        str(text) or gettext("Choose what suits you, and read on right here."),
    )


def mark_of(ref: Ref) -> str:
    """Return the id of a lock on its page."""
    digest = blake2b(repr(identity(ref)).encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"smo-lock-{digest}"


def _block(ref: Ref, terms: Terms, teaser: SafeString, variant: str) -> str:
    context = card_context(ref, terms, variant)
    if not context["show"]:
        return teaser
    context.update(teaser=teaser, shown=own_address("smo_lock:shown"), variant=variant)
    return render_to_string("smo_kit/lock/block.html", context)
