"""What a card image is made of. Its hash is the address of the picture, so a change makes a new one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, router, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from smo_kit.core.addresses import site_name
from smo_kit.core.cards import Card, Picture
from smo_kit.core.events import event, event_logger
from smo_kit.core.tables import is_migrated
from smo_kit.core.text import one_line
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.designs import design_named
from smo_kit.meta.models import CardImage
from smo_kit.meta.origins import MEDIA, STATIC, Origin
from smo_kit.meta.shapes import SHAPES, WIDE
from smo_kit.meta.sources import look, media_name

_ADDRESS: Final = re.compile(r"/card/([0-9a-f]{32})(?:-(\w+))?\.jpg$")
_DATED: Final = frozenset({"article", "blogposting", "newsarticle", "blog", "post", "news"})

logger = event_logger(__name__)
_trying: Final = ContextVar("smo_trying", default=False)

MIME: Final = "image/jpeg"
DRAWING: Final = 3
"""Raise it when a change of the drawing should reach pictures that were drawn before."""
CUT: Final = "cut"
"""Stands for the template of a picture that is nothing but a cut of the page's own."""
REMEMBERED: Final = 3600
"""Seconds for which a recipe is known to be in the table without asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that a card image shows, in whatever shape. Colours are ``#rgb`` or ``#rrggbb``.

    No font: which there are is a server's own, and a page must name the same address whichever server renders it.
    """

    title: str
    site: str
    background: str
    text: str
    accent: str
    drawing: int = DRAWING
    template: str = ""
    version: int = 0
    """Of a site's own template."""
    author: str = ""
    date: str = ""
    """As it is written in the card's language."""
    language: str = ""
    place: str = ""
    photo: str = ""
    """Name of the page's own picture in the storage of ``place``; "" if the card shows none."""
    photo_state: str = ""
    """Hash of that file."""
    focus: tuple[float, float] | None = None
    logo: str = ""
    logo_place: str = ""
    logo_state: str = ""

    @property
    def digest(self) -> str:
        """32 hexadecimal digits that stand for this recipe and no other.

        What was added after the first version counts only when it is there, so old pictures keep their addresses.
        """
        said = {name: value for name, value in asdict(self).items() if value or name in _FIRST}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()

    @property
    def photo_origin(self) -> Origin | None:
        """The page's own picture."""
        return Origin(self.place, self.photo, self.photo_state) if self.photo else None

    @property
    def logo_origin(self) -> Origin | None:
        """The site's logo."""
        return Origin(self.logo_place, self.logo, self.logo_state) if self.logo else None


_FIRST: Final = frozenset({"title", "site", "background", "text", "accent", "drawing"})


def recipe_for(title: str, card: Card | None = None, photo: Origin | None = None) -> Recipe:
    """Return the recipe of the picture for a page of this title: drawn by its card's template, else the site's."""
    conf = meta_settings()
    site = one_line(site_name())
    chosen = card.template if card and card.template != CUT else ""
    design = design_named(chosen or conf.card_template)
    logo = logo_of(conf.card_logo) if design.logo else None
    recipe = Recipe(
        title=title or site,
        site=site,
        background=conf.card_background.lower(),
        text=conf.card_text.lower(),
        accent=conf.card_accent.lower(),
        template=design.name,
        version=design.version,
        language=(card.language if card else "") or get_language() or "",
        author=card.author if card and design.byline else "",
        date=_date(card) if card and design.byline else "",
        logo=logo.name if logo else "",
        logo_place=logo.place if logo else "",
        logo_state=logo.state if logo else "",
    )
    return with_photo(recipe, photo, card.focus if card else None) if design.photo else recipe


def cut_of(photo: Origin, focus: tuple[float, float] | None) -> Recipe:
    """Return the recipe of nothing but a picture, cut around what matters in it."""
    nothing = Recipe(title="", site="", background="", text="", accent="", template=CUT)
    return with_photo(nothing, photo, focus)


def with_photo(recipe: Recipe, photo: Origin | None, focus: tuple[float, float] | None) -> Recipe:
    """Return the recipe with a picture of the page's own in it."""
    if photo is None:
        return recipe
    return replace(recipe, place=photo.place, photo=photo.name, photo_state=photo.state, focus=focus)


def logo_of(setting: str) -> Origin | None:
    """Return the logo's file, None if there is none or it can't be drawn (a warning in the log says why)."""
    if not setting:
        return None
    name = media_name(setting)
    static = setting.removeprefix(settings.STATIC_URL or "/static/")
    place, name = (MEDIA, name) if name else (STATIC, static)
    try:
        seen = look(place, name, smallest=1)
    except Exception as error:  # a storage may fail in any way, and no page must fail with it
        seen = f"its storage fails ({error!r}). Check the storage."
    if isinstance(seen, str):
        logger.warning("The logo %s is not on card images: %s", setting, seen, extra=event("meta.logo_unread"))
        return None
    return Origin(place, name, seen.state)


def _date(card: Card) -> str:
    """Return when a page appeared, as the card's language writes it."""
    if card.published is None or card.kind not in _DATED:
        return ""
    return date_format(localtime(card.published), "DATE_FORMAT")


def known_recipe(digest: str) -> Recipe | None:
    """Return the recipe of a picture's address, or None: nobody can have a picture drawn that no page asked for."""
    row = CardImage.objects.filter(digest=digest).first()
    stored: dict[str, Any] | None = row.recipe if row else cache.get(_cache_key(digest))
    try:
        return Recipe(**{**stored, "focus": tuple(stored.get("focus") or ()) or None}) if stored else None
    except TypeError:  # of a version with other ingredients
        logger.warning(
            "The card image %s was made of other things than this version knows; it is gone.",
            digest,
            extra=event("meta.image_unknown"),
        )
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
        there = set(CardImage.objects.filter(digest__in=wanted).values_list("digest", flat=True))
        if missing := [CardImage(digest=one, recipe=recipe) for one, recipe in wanted.items() if one not in there]:
            with transaction.atomic(using=router.db_for_write(CardImage)):
                CardImage.objects.bulk_create(missing, ignore_conflicts=True)
    except DatabaseError as error:  # a database that can only be read
        logger.warning("Card images can't be kept, so pages have none: %s", error, extra=event("meta.images_not_kept"))
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


def picture_of(recipe: Recipe, shape: str = WIDE) -> Picture:
    """Return the picture that the recipe's address will show. Raises NoReverseMatch without our URLs."""
    name = recipe.digest if shape == WIDE else f"{recipe.digest}-{shape}"
    return Picture(reverse("smo_meta:card_image", args=[name]), *SHAPES[shape], MIME)


def pictured(url: str) -> tuple[str, str] | None:
    """Return digest and shape of a card image's address, None for any other address."""
    match = _ADDRESS.search(url)
    return (match[1], match[2] or WIDE) if match else None


def _cache_key(digest: str) -> str:
    return f"smo:recipe:{digest}"


def _tried_key(digest: str) -> str:
    return f"smo:tried:{digest}"
