"""The HTML of buttons: of a page, of a quote in it, of its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from smo_kit.core.cards import Card
from smo_kit.core.own_urls import own_address
from smo_kit.core.pages import Page
from smo_kit.core.text import plain
from smo_kit.share.conf import QuoteOptions, ShareConf
from smo_kit.share.links import out_address
from smo_kit.share.parcels import Parcel
from smo_kit.share.quotes import WHOLE, Part, with_fragment
from smo_kit.share.selection_bar import FOUND, selection_buttons
from smo_kit.share.services import address_of, buttons_for, for_quotes, shown_author, split

_BLOCK: Final = re.compile(r"<(?:p|div|ul|ol|dl|pre|table|h\d|blockquote)\b", re.IGNORECASE)
_END_OF_BLOCK: Final = re.compile(r"</(?:p|div|li|h\d|blockquote)>|<br\b[^>]*>", re.IGNORECASE)
_EMPTY_LINE: Final = re.compile(r"\n[ \t\r]*\n\s*")


def share_html(page: Page, card: Card, conf: ShareConf) -> str:
    """Return the buttons of a page, or those that wait for a selection or for pictures."""
    if conf.placement == "selection":
        url = with_fragment(address_of(card, page.request), FOUND).removesuffix(FOUND)
        return _render("selection", page, card, conf, buttons=selection_buttons(card, conf, page.request), url=url)
    buttons = buttons_for(card, conf, request=page.request, through=_way_out(page, card, conf))
    shown, more = split(buttons, conf.limit)
    return _render(
        "buttons",
        page,
        card,
        conf,
        shown=shown,
        more=more,
        numbers=own_address("smo_share:numbers") if page.key and conf.counts else "",
        saved=own_address("smo_share:saved") if conf.save else "",
        language=get_language() or "",
    )


def quote_html(page: Page, conf: ShareConf, html: str, chosen: QuoteOptions) -> str:
    """Return a quote; its buttons only where the page may be shared."""
    card, words = page.card, _lines(html)
    inside = mark_safe(html)  # rendered by the site's own template
    given: dict[str, Any] = {"conf": conf, "html": inside, "author": chosen.author}
    if card is None or not card.shareable or not words:
        return render_to_string("smo_kit/share/quote.html", given)
    part = Part(quote=words, author=chosen.author or shown_author(card))
    offered = replace(conf, networks=for_quotes(conf, chosen.networks), hashtags=())
    way = _way_out(page, card, offered, part)
    given["buttons"] = buttons_for(card, offered, request=page.request, part=part, through=way)
    given["title"] = part.template.format(title=" ".join(words.split()), author=part.author)
    given["url"] = part.address(address_of(card, page.request))
    return _render("quote", page, card, **given)


def picture_html(page: Page, card: Card, conf: ShareConf, part: Part) -> str:
    """Return the buttons of one picture."""
    way = _way_out(page, card, conf, part)
    buttons = buttons_for(card, conf, request=page.request, part=part, through=way)
    return _render("picture", page, card, conf, buttons=buttons, words=part.words)


def _way_out(page: Page, card: Card, conf: ShareConf, part: Part = WHOLE) -> Callable[[str], str] | None:
    """Return what leads to a network with a personal link; None where buttons go straight.

    A link knows of a page without an object only where it is: not the second page of a list.
    """
    is_found_again = bool(card.url) and (bool(page.language) or (page.request and page.request.path == card.url))
    if not conf.personal or page.key is None or not is_found_again:
        return None
    key = page.key.speaking(card.language or get_language() or "")
    parcel = Parcel.packed(part, conf, None if page.language else card).sign(key)
    return lambda network_id: out_address(key, network_id, {"p": parcel} if parcel else {})


def in_paragraphs(content: str) -> str:
    """Return HTML in paragraphs: an editor writes plain text, with an empty line between two of them."""
    html = content.strip()
    if not html or _BLOCK.search(html):
        return html
    return "".join(f"<p>{one}</p>" for one in _EMPTY_LINE.split(html))


def _lines(html: str) -> str:
    """Return what a person reads, a line for each block."""
    return "\n".join(filter(None, map(plain, _END_OF_BLOCK.split(html))))


def _render(name: str, page: Page, card: Card, conf: ShareConf, **given: Any) -> str:
    key = page.key.sign() if page.key else ""
    facts = {
        "conf": conf,
        "url": address_of(card, page.request),
        "title": card.title,
        "key": key,
        "tell": own_address("smo_engagement:seen") if key else "",
    }
    return render_to_string(f"smo_kit/share/{name}.html", {**facts, **given})
