"""No page is shared without a picture: the site's own if networks can show it, else one that we draw."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.urls import NoReverseMatch

from smo_kit.core.cards import Card, refine
from smo_kit.core.limits import within
from smo_kit.core.subjects import Key
from smo_kit.meta.recipes import Recipe, is_known, picture_of, recipe_for, remember
from smo_kit.meta.sources import usable

logger = logging.getLogger(__name__)

NAMELESS_AN_HOUR: Final = 60
"""New card images for pages without an object. Their titles may hold what a visitor typed into a search."""


@refine(900)
def with_pictures(cards: Sequence[tuple[Key | None, Card]]) -> list[Card]:
    """Give every card a picture that networks can show."""
    seen = [(key, card, usable(card.image)) for key, card in cards]
    recipes = {place: _recipe(key, card) for place, (key, card, own) in enumerate(seen) if own is None}
    try:
        drawn = {place: picture_of(recipe) for place, recipe in recipes.items()}
    except NoReverseMatch:
        logger.warning('Pages have no card image: add path("smo/", include("smo_kit.urls")) to the URLs of the site.')
        drawn = {}
    if drawn and not remember(recipes.values()):
        drawn = {}
    return [
        replace(card, image=own) if own else replace(card, image=drawn.get(place), image_alt="")
        for place, (_, card, own) in enumerate(seen)
    ]


def _recipe(key: Key | None, card: Card) -> Recipe:
    """Return the recipe for a card; the site's general one when nobody's pages have asked for too many."""
    recipe = recipe_for(card.title)
    if key is None and not is_known(recipe) and not within("card_image", "", limit=NAMELESS_AN_HOUR, seconds=3600):
        return recipe_for("")
    return recipe
