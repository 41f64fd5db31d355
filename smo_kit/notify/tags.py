"""``{% smo_bell %}``: the way to one's own notifications, the same for every reader; a script adds how many are new."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from smo_kit.core.own_urls import own_address

register = template.Library()


@register.inclusion_tag("smo_kit/notify/bell.html")
def smo_bell() -> dict[str, str]:
    """Link to the list of notifications, for the head of every page: ``{% smo_bell %}``."""
    inbox = own_address("smo_notify:inbox")
    return {
        "address": f"{inbox}?l={get_language() or ''}" if inbox else "",
        "unread": own_address("smo_notify:unread") if inbox else "",
    }
