"""No page is shared without a picture: the site's own if networks can show it, else one that we draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import NoReverseMatch

from smo_kit.core.cards import Card, Picture, refine
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import within
from smo_kit.core.subjects import Key
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.origins import Origin
from smo_kit.meta.recipes import CUT, Recipe, cut_of, is_known, picture_of, recipe_for, remember
from smo_kit.meta.shapes import CUTS
from smo_kit.meta.sources import found

logger = event_logger(__name__)

NAMELESS_AN_HOUR: Final = 60
"""New card images for pages without an object. Their titles may hold what a visitor typed into a search."""


@refine(900)
def with_pictures(cards: Sequence[tuple[Key | None, Card]]) -> list[Card]:
    """Give every card a picture that networks can show, and the shapes that some of them prefer."""
    plans = [_plan(key, card) for key, card in cards]
    recipes = [plan.recipe for plan in plans if plan.recipe]
    try:
        ready = not recipes or (bool(picture_of(recipes[0])) and remember(recipes))
    except NoReverseMatch:
        logger.warning(
            'Pages have no card image: add path("smo/", include("smo_kit.urls")) to the URLs of the site.',
            extra=event("meta.urls_missing"),
        )
        ready = False
    return [_pictured(card, plan, ready) for (_, card), plan in zip(cards, plans, strict=True)]


@dataclass(frozen=True, slots=True)
class _Plan:
    own: Picture | None
    """The page's own picture, to be shown as it is."""
    recipe: Recipe | None
    """Of what we make: all shapes, or those besides its own picture."""


def _plan(key: Key | None, card: Card) -> _Plan:
    if not card.shareable:
        return _Plan(None, None)
    seen = found(card.image)
    if seen.origin is None:
        return _Plan(seen.picture, None if seen.picture else _recipe(key, card, None))
    if card.template != CUT and (card.template or meta_settings().card_over_picture):
        return _Plan(None, _recipe(key, card, seen.origin))
    shown_whole = seen.ideal and card.focus is None
    return _Plan(seen.picture if shown_whole else None, cut_of(seen.origin, card.focus))


def _pictured(card: Card, plan: _Plan, ready: bool) -> Card:
    made = plan.recipe if ready else None
    own = plan.own
    cuts = {shape: picture_of(made, shape) for shape in CUTS} if made else {}
    is_cut = bool(plan.recipe and plan.recipe.template == CUT)
    alt = card.image_alt if own or is_cut else ""
    return replace(card, image=own or (picture_of(made) if made else None), image_alt=alt, cuts=cuts)


def _recipe(key: Key | None, card: Card, photo: Origin | None) -> Recipe:
    """Return the recipe for a card; the site's general one when nobody's pages have asked for too many."""
    recipe = recipe_for(card.title, card, photo)
    if key is None and not is_known(recipe) and not within("card_image", "", limit=NAMELESS_AN_HOUR, seconds=3600):
        return recipe_for("")
    return recipe
