from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from smo_kit.core.own_urls import own_address
from smo_kit.core.pages import page_for
from smo_kit.engagement.conf import engagement_settings

register = template.Library()


@register.inclusion_tag("smo_kit/engagement/scripts.html", takes_context=True)
def smo_scripts(context: Mapping[str, Any], obj: Any = None) -> dict[str, Any]:
    """Let the page report that it is looked at: ``{% smo_scripts %}``, or ``{% smo_scripts post %}`` for an object."""
    key = page_for(context, obj).key if engagement_settings().views else None
    address = own_address("smo_engagement:seen")
    return {"key": key.sign() if key and address else "", "address": address}
