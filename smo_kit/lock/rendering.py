"""A closed lock as a page shows it."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms


def lock_html(ref: Ref, terms: Terms | None, teaser: str = "") -> SafeString:
    """Return the closed block: the same for every reader."""
    title, text = (terms.conf.title, terms.conf.text) if terms else ("", "")
    return format_html('<div class="smo-lock" data-smo-lock="{}"><b>{}</b> {}{}</div>', ref.sign(), title, text, teaser)
