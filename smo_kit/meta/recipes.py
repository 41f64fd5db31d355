"""What a card image is made of. Its hash is the address of the picture, so a change makes a new one."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core.cache import cache
from django.db import DatabaseError, router, transaction
from django.urls import reverse

from smo_kit.core.addresses import site_name
from smo_kit.core.cards import Picture
from smo_kit.core.tables import is_migrated
from smo_kit.core.text import one_line
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.models import CardImage

logger = logging.getLogger(__name__)
_trying: Final = ContextVar("smo_trying", default=False)

SIZE: Final = (1200, 630)
MIME: Final = "image/jpeg"
DRAWING: Final = 1
"""Raise it when a change of the drawing should reach pictures that were drawn before."""
REMEMBERED: Final = 3600
"""Seconds for which a recipe is known to be in the table without asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that a card image shows. Colours are ``#rgb`` or ``#rrggbb``.

    No font: which there are is a server's own, and a page must name the same address whichever server renders it.
    """

    title: str
    site: str
    background: str
    text: str
    accent: str
    drawing: int = DRAWING

    @property
    def digest(self) -> str:
        """32 hexadecimal digits that stand for this recipe and no other."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def recipe_for(title: str) -> Recipe:
    """Return the recipe of the picture for a page of this title."""
    conf = meta_settings()
    site = one_line(site_name())
    return Recipe(
        title=title or site,
        site=site,
        background=conf.card_background.lower(),
        text=conf.card_text.lower(),
        accent=conf.card_accent.lower(),
    )


def known_recipe(digest: str) -> Recipe | None:
    """Return the recipe of a picture's address, or None: nobody can have a picture drawn that no page asked for."""
    row = CardImage.objects.filter(digest=digest).first()
    stored: dict[str, Any] | None = row.recipe if row else cache.get(_cache_key(digest))
    try:
        return Recipe(**stored) if stored else None
    except TypeError:  # of a version with other ingredients
        logger.warning("The card image %s was made of other things than this version knows; it is gone.", digest)
        return None


def remember(recipes: Iterable[Recipe]) -> bool:
    """See that the recipes are in the table, at the most by two queries; say whether they are."""
    by_digest = {recipe.digest: recipe for recipe in recipes}
    known = cache.get_many([key for digest in by_digest for key in (_cache_key(digest), _tried_key(digest))])
    wanted = {
        digest: asdict(one)
        for digest, one in by_digest.items()
        if _cache_key(digest) not in known or _tried_key(digest) in known
    }
    if not wanted:
        return True
    if _trying.get():
        tried = dict.fromkeys(map(_tried_key, wanted), 1)
        cache.set_many({_cache_key(digest): recipe for digest, recipe in wanted.items()} | tried, REMEMBERED)
        return True
    if not is_migrated(CardImage):
        return False
    try:
        with transaction.atomic(using=router.db_for_write(CardImage)):
            there = set(CardImage.objects.filter(digest__in=wanted).values_list("digest", flat=True))
            missing = [CardImage(digest=one, recipe=recipe) for one, recipe in wanted.items() if one not in there]
            CardImage.objects.bulk_create(missing, ignore_conflicts=True)
    except DatabaseError as error:  # a database that can only be read
        logger.warning("Card images can't be kept, so pages have none: %s", error)
        return False
    # The recipe itself, so that its picture can be drawn although the transaction around us is rolled back.
    cache.set_many({_cache_key(digest): recipe for digest, recipe in wanted.items()}, REMEMBERED)
    if tried_before := [key for digest in wanted if (key := _tried_key(digest)) in known]:
        cache.delete_many(tried_before)
    return True


@contextmanager
def trying() -> Iterator[None]:
    """Let pictures be drawn meanwhile that no page has yet: for an hour, and without a row in the table."""
    before = _trying.set(True)
    try:
        yield
    finally:
        _trying.reset(before)


def is_known(recipe: Recipe) -> bool:
    """Say whether a page has asked for this picture before."""
    if cache.get(_cache_key(recipe.digest)) is not None:
        return True
    return is_migrated(CardImage) and CardImage.objects.filter(digest=recipe.digest).exists()


def picture_of(recipe: Recipe) -> Picture:
    """Return the picture that the recipe's address will show. Raises NoReverseMatch without our URLs."""
    return Picture(reverse("smo_meta:card_image", args=[recipe.digest]), *SIZE, MIME)


def _cache_key(digest: str) -> str:
    return f"smo:recipe:{digest}"


def _tried_key(digest: str) -> str:
    return f"smo:tried:{digest}"
