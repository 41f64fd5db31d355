"""``{% smo_head %}``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from django import template
from django.template.base import Template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.pages import page_for
from smo_kit.meta.head import Head, head_for

register = template.Library()

TEMPLATE: Final = "smo_kit/meta/head.html"


@register.simple_tag(takes_context=True)
def smo_head(context: Mapping[str, Any], card_or_object: Any = None) -> SafeString:
    """Print everything for ``<head>`` of an object, of a Card, or of what the view shows."""
    head = head_for(page_for(context, card_or_object))
    return _printed(get_template(TEMPLATE).template, head, get_language())  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def _printed(page: Template, head: Head, language: str | None) -> SafeString:
    """Render a head. All that the output depends on is an argument, so what is kept here can't grow stale."""
    return page.render(template.Context({"head": head}))
