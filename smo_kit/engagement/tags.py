from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from smo_kit.core.cards import Card
from smo_kit.core.faults import fault
from smo_kit.core.pages import page_for
from smo_kit.engagement.conf import engagement_settings

register = template.Library()

_NO_ADDRESS: Final = "{% smo_scripts %} has nowhere to report to: add path('smo/', include('smo_kit.urls')) to URLs."


@register.inclusion_tag("smo_kit/engagement/scripts.html", takes_context=True)
def smo_scripts(context: Mapping[str, Any], obj: Model | Card | None = None) -> dict[str, Any]:
    """Let the page report that it is looked at: ``{% smo_scripts %}``, or ``{% smo_scripts post %}`` for an object."""
    key = page_for(context, obj).key if engagement_settings().views else None
    address = _address()
    return {"key": key.sign() if key and address else "", "address": address}


def _address() -> str:
    try:
        return reverse("smo_engagement:seen")
    except NoReverseMatch:
        fault(NoReverseMatch(_NO_ADDRESS))
        return ""
