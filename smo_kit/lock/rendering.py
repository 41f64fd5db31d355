"""The HTML of a lock: its block on the page, the same for every reader, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.addresses import absolute
from smo_kit.core.fragments import fragment
from smo_kit.core.own_urls import own_address
from smo_kit.lock import trials
from smo_kit.lock.addresses import page_address
from smo_kit.lock.offers import offers_for
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms
from smo_kit.lock.wanted import identity

FILE: Final = "file"
"""The source of a lock that gives a file."""
USUAL: Final[Mapping[str, Any]] = {
    FILE: gettext_lazy("The file is yours for a small thank-you"),
    "page": gettext_lazy("This page opens for a small thank-you"),
}
"""What stands above a lock of a source; others hide the rest of a page."""
ASKED: Final[Mapping[str, Any]] = {
    "share": gettext_lazy("share this page"),
    "wait": gettext_lazy("wait a little"),
    "sign_in": gettext_lazy("sign in"),
    "subscribe": gettext_lazy("subscribe to the discussion"),
    "comment": gettext_lazy("write a comment"),
    "rate": gettext_lazy("give a rating"),
}
"""What each way asks for, as it stands in a sentence."""


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
    token, offers = ref.sign(), offers_for(ref, terms)
    title, text = words_of(terms, variant, [one.way for one in offers], source=ref.source)
    return {
        "mark": mark_of(ref),
        "title": title,
        "text": text,
        "token": token,
        "show": own_address("smo_lock:show", token),
        "action": own_address("smo_lock:open", token),
        "offers": offers,
        "days": terms.conf.days,
        "at": absolute(escape_leading_slashes(ref.path)),
    }


def words_of(terms: Terms, variant: str, ways: Iterable[str], *, source: str = "") -> tuple[str, str]:
    """Return heading and teaser of a lock that opens by these ways, as its owner or the suite says them."""
    title, text = trials.words_of(terms, variant)
    usual = USUAL.get(source) or _("The rest opens for a small thank-you")
    return str(title) or str(usual), str(text) or _ask(ways, is_file=source == FILE)


def _ask(ways: Iterable[str], *, is_file: bool) -> str:
    """Return what is to be done to read on, or for the file: any one of the ways."""
    asked = get_text_list([str(ASKED[way]) for way in dict.fromkeys(ways) if way in ASKED])
    if not asked:
        return _("Choose what suits you, and read on right here.")
    return (_("To download it: %(ways)s.") if is_file else _("To read on: %(ways)s.")) % {"ways": asked}


def mark_of(ref: Ref) -> str:
    """Return the id of a lock on its page."""
    digest = blake2b(repr(identity(ref)).encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"smo-lock-{digest}"


def back_to(ref: Ref) -> str:
    """Return where a lock stands on its page: an address of this site, whatever it is made of."""
    return f"{page_address(ref.path)}#{mark_of(ref)}"


def _block(ref: Ref, terms: Terms, teaser: SafeString, variant: str) -> str:
    context = card_context(ref, terms, variant)
    if not context["show"]:
        return teaser
    context.update(teaser=teaser, shown=own_address("smo_lock:shown"), variant=variant)
    return render_to_string("smo_kit/lock/block.html", context)
