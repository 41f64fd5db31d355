"""``{% smo_share %}``: the share buttons of a page; ``{% smo_quote %}``, ``{% smo_pictures %}``: of a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from smo_kit.core.addresses import base_url
from smo_kit.core.cards import Card
from smo_kit.core.fragments import fragment
from smo_kit.core.looks import in_lists, with_options
from smo_kit.core.pages import Page, page_for
from smo_kit.share.conf import ShareConf, quote_options, share_settings
from smo_kit.share.pictures import with_buttons
from smo_kit.share.quotes import Part
from smo_kit.share.rendering import in_paragraphs, picture_html, quote_html, share_html

register = template.Library()

OPTIONS: Final = tuple(field.name for field in fields(ShareConf))
QUOTE_OPTIONS: Final = ("author", "networks")
LISTS: Final = ("networks", "hashtags", "quote_networks")


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
        conf = with_options(share_settings, in_lists(options, LISTS), OPTIONS, tag="smo_share")
    if not conf.is_wanted:
        return SafeString("")
    if conf.placement != "inline" and "look" not in options:
        conf = replace(conf, look="icons")  # there is no room for names
    return fragment("share", _depends_on(page, card, conf), lambda: share_html(page, card, conf))


@register.simple_block_tag(takes_context=True)
def smo_quote(context: Mapping[str, Any], content: str, obj: Any = None, **options: Any) -> SafeString:
    """Show a quote with buttons that share it: ``{% smo_quote author="Ada" %}Words{% endsmo_quote %}``.

    What stands inside may be HTML. Options: ``author``, ``networks``.
    """
    chosen = with_options(quote_options, in_lists(options, LISTS), QUOTE_OPTIONS, tag="smo_quote")
    page, conf, html = page_for(context, obj), replace(share_settings(), look="icons"), in_paragraphs(content)
    depends_on = (html, chosen, _depends_on(page, page.card, conf))
    return fragment("quote", depends_on, lambda: quote_html(page, conf, html, chosen))


@register.simple_block_tag(takes_context=True)
def smo_pictures(context: Mapping[str, Any], content: str, obj: Any = None) -> SafeString:
    """Add buttons that share it to each picture of a piece of HTML: ``{% smo_pictures %}…{% endsmo_pictures %}``.

    Pictures inside links and small ones (their ``width`` says so) are left alone.
    """
    page, conf = page_for(context, obj), replace(share_settings(), look="icons")
    card = page.card
    if card is None or not (conf.pictures and card.shareable):
        return mark_safe(content)  # what the template itself has put there

    def buttons(part: Part) -> str:
        depends_on = (part, _depends_on(page, card, conf))
        return fragment("picture", depends_on, lambda: picture_html(page, card, conf, part))

    return mark_safe(with_buttons(content, buttons, page.request))


def _depends_on(page: Page, card: Card | None, conf: ShareConf) -> object:
    """Return all that buttons are made of."""
    if card is None:
        return None
    request = page.request
    path = request.path if request and not card.url else ""
    cuts = sorted((name, cut.url) for name, cut in card.cuts.items())
    seen = (card.url, path, card.title, card.summary, card.image_url, card.author, card.tags, card.shareable, cuts)
    return (conf, page.key, base_url(request), seen)
