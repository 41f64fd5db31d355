"""``{% smo_head %}``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any, Final

from django import template
from django.template.base import Template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.head import can_be_said_again
from smo_kit.core.pages import Page, page_for
from smo_kit.meta.head import Head, head_for, json_ld_again

register = template.Library()

TEMPLATE: Final = "smo_kit/meta/head.html"


@register.simple_tag(takes_context=True)
def smo_head(context: Mapping[str, Any], card_or_object: Any = None) -> SafeString:
    """Print everything for ``<head>`` of an object, of a Card, or of what the view shows."""
    page = page_for(context, card_or_object)
    head = head_for(page)
    if head.json_ld and page.request and page.key:
        can_be_said_again(page.request, page.key, partial(_said_again, page))
    return _printed(get_template(TEMPLATE).template, head, get_language())  # type: ignore[attr-defined]


def _said_again(page: Page) -> SafeString:
    return format_html('<script type="application/ld+json">{}</script>', json_ld_again(page))


@lru_cache(maxsize=256)
def _printed(page: Template, head: Head, language: str | None) -> SafeString:
    """Render a head. All that the output depends on is an argument, so what is kept here can't grow stale."""
    return page.render(template.Context({"head": head}))
