"""``{% smo_subscribe %}``: the way to comments by mail; ``{% smo_bell %}``: the way to one's own notifications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.comments.discussions import discussion_key
from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.own_urls import own_address
from smo_kit.core.pages import page_for
from smo_kit.notify.conf import subscribe_settings

register = template.Library()

OPTIONS: Final = ("title", "label")


@register.simple_tag(takes_context=True)
def smo_subscribe(context: Mapping[str, Any], obj: Any = None, **options: Any) -> SafeString:
    """Show a link to the form that follows the discussion of an object, or of the page.

    It is the same for every reader. Options: ``title``, ``label``.
    """
    page = page_for(context, obj)
    path = own_address("smo_notify:follow")
    if page.card is None or page.key is None or not path:
        return SafeString("")
    conf = with_options(subscribe_settings, options, OPTIONS, tag="smo_subscribe")
    key = discussion_key(page.key, page.card.language)

    def render() -> str:
        query = urlencode({"o": key.sign(), "l": get_language() or ""})
        return render_to_string("smo_kit/notify/subscribe.html", {"conf": conf, "address": f"{path}?{query}"})

    return fragment("subscribe", (key, conf, path), render)


@register.inclusion_tag("smo_kit/notify/bell.html")
def smo_bell() -> dict[str, str]:
    """Link to the list of notifications, for the head of every page: ``{% smo_bell %}``."""
    inbox = own_address("smo_notify:inbox")
    return {
        "address": f"{inbox}?l={get_language() or ''}" if inbox else "",
        "unread": own_address("smo_notify:unread") if inbox else "",
    }
