"""``{% smo_share %}``: the share buttons of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.addresses import base_url
from smo_kit.core.cards import Card
from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.own_urls import own_address
from smo_kit.core.pages import Page, page_for
from smo_kit.share.conf import ShareConf, share_settings
from smo_kit.share.services import address_of, buttons_for, split

register = template.Library()

OPTIONS: Final = tuple(field.name for field in fields(ShareConf))


@register.simple_tag(takes_context=True)
def smo_share(context: Mapping[str, Any], obj: Any = None, **options: Any) -> SafeString:
    """Show the share buttons of an object, or of the page.

    Every setting of ``SMO_KIT["SHARE"]`` is an option: ``{% smo_share post placement="rail" look="both" %}``; a list
    of words is written in one, with commas.
    """
    page = page_for(context, obj)
    card = page.card
    if card is None or not card.shareable:
        return SafeString("")
    conf = share_settings()
    if options:
        conf = with_options(share_settings, _lists(options), OPTIONS, tag="smo_share")
    if conf.placement != "inline" and "look" not in options:
        conf = replace(conf, look="icons")  # there is no room for names
    request = page.request
    path = request.path if request and not card.url else ""
    seen = (card.url, path, card.title, card.summary, card.image_url, card.author, card.tags)
    depends_on = (conf, page.key, base_url(request), seen)
    return fragment("share", depends_on, lambda: _render(page, card, conf))


def _lists(options: dict[str, Any]) -> dict[str, Any]:
    """Make lists of words that a template can only write in one: ``networks="vk,telegram"``."""
    several = [name for name in ("networks", "hashtags") if isinstance(options.get(name), str)]
    return options | {name: tuple(filter(None, map(str.strip, options[name].split(",")))) for name in several}


def _render(page: Page, card: Card, conf: ShareConf) -> str:
    buttons = buttons_for(card, conf, request=page.request)
    shown, more = split(buttons, conf.limit)
    key = page.key.sign() if page.key else ""
    return render_to_string(
        "smo_kit/share/buttons.html",
        {
            "conf": conf,
            "shown": shown,
            "more": more,
            "url": address_of(card, page.request),
            "title": card.title,
            "key": key,
            "tell": own_address("smo_engagement:seen") if key else "",
            "numbers": own_address("smo_share:numbers") if key and conf.counts else "",
            "saved": own_address("smo_share:saved") if conf.save else "",
            "language": get_language() or "",
        },
    )
