"""The bar over selected text: its script puts the quote into addresses where words of ours stand until then."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import HttpRequest

from smo_kit.core.cards import Card
from smo_kit.core.text import graphemes
from smo_kit.share.conf import ShareConf
from smo_kit.share.quotes import Part
from smo_kit.share.services import Button, buttons_for, for_quotes

QUOTE: Final = "smoquote"
FOUND: Final = "smofound"
"""Letters that come through percent-encoding as they are."""
NAME: Final = 40
"""Letters of an author whom posts still name: beside him the script cuts the quote to 200 for every network."""
_HERE: Final = frozenset({"", "copy", "device"})
"""What can be done with a quote that nobody has signed: a QR code is made by the server."""


def selection_buttons(card: Card, conf: ShareConf, request: HttpRequest | None) -> list[Button]:
    """Return the buttons of the bar. One that asks for the reader's server takes the post along, after the #."""
    author = card.author if len(graphemes(card.author)) <= NAME else ""
    part = Part(quote=QUOTE, fragment=FOUND, author=author)
    chosen = replace(conf, networks=for_quotes(conf), hashtags=())
    made = buttons_for(card, chosen, request=request, part=part)
    return [_taking_along(one) for one in made if one.action in _HERE]


def _taking_along(button: Button) -> Button:
    return replace(button, href=f"{button.href}#{button.direct}", direct="") if button.direct else button
