"""Card images made before anybody asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from smo_kit.core.cards import Card, own_card, refined, registered_key
from smo_kit.core.events import event, event_logger
from smo_kit.core.registrations import Registration, all_registrations
from smo_kit.core.rows import chunks_of
from smo_kit.meta.font_coverage import missing_in
from smo_kit.meta.images import image_of, is_made
from smo_kit.meta.recipes import Recipe, known_recipe, pictured

logger = event_logger(__name__)


@dataclass(slots=True)
class Ahead:
    """How far it has come, counted in objects; the rest counts pictures, but ``failed`` pages and pictures."""

    total: int
    done: int = 0
    made: int = 0
    there: int = 0
    """They were there already."""
    without_photo: int = 0
    """Made without their photo, which can't be had; they are tried again when they are asked for."""
    failed: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    """Pages whose title has letters that no font has, by script and cure."""


def make_ahead() -> Iterator[Ahead]:
    """Make the card images of all public pages, in all shapes; yield after every object how far it has come.

    What is there already is not made again, so an interrupted run goes on where it was.
    """
    registrations = all_registrations()
    progress = Ahead(sum(one.public().count() for one in registrations))
    seen: set[str] = set()
    for registration in registrations:
        for chunk in chunks_of(registration):
            for obj in chunk:
                for card in _cards(registration, obj, progress):
                    _make(card, seen, progress)
                progress.done += 1
                yield progress
    yield progress


def _cards(registration: Registration, obj: Model, progress: Ahead) -> Sequence[Card]:
    try:
        own = [own_card(registration, obj, language) for language in registration.languages_of(obj)]
        return refined([(registered_key(registration, obj, card), card) for card in own])
    except Exception:
        logger.exception("The card of %r can't be made, and so no card image.", obj, extra=event("meta.card_failed"))
        progress.failed += 1
        return []


def _make(card: Card, seen: set[str], progress: Ahead) -> None:
    for url in (card.image_url, *(cut.url for cut in card.cuts.values())):
        address = pictured(url)
        recipe = known_recipe(address[0]) if address else None
        if address is None or recipe is None or url in seen:
            continue
        if address[0] not in seen:
            progress.missing.update(f"{script}: {cure}" for script, cure in missing_in(recipe.title))
        seen |= {url, address[0]}
        _make_one(recipe, address[1], progress)


def _make_one(recipe: Recipe, shape: str, progress: Ahead) -> None:
    if is_made(recipe, shape):
        progress.there += 1
        return
    try:
        made = image_of(recipe, shape)
    except Exception:
        logger.exception(
            "The card image %s (%s) can't be made.", recipe.digest, shape, extra=event("meta.image_failed")
        )
        progress.failed += 1
        return
    progress.made += 1
    progress.without_photo += not made.whole
