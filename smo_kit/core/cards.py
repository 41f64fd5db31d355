"""The Card: what the world sees of a page.

A site says it once for each of its models, in ``smo.py`` of the app::

    @register(Post, public=lambda: Post.objects.published())
    def post_card(post: Post) -> Card:
        return Card(url=post.get_absolute_url(), title=post.title, summary=post.lead, image=post.cover)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Final, TypeAlias, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import get_language, override

from smo_kit import __version__
from smo_kit.core.addresses import is_web_address
from smo_kit.core.conf import core_settings
from smo_kit.core.events import event, event_logger
from smo_kit.core.registrations import Registration, add, registered_model, registration_of
from smo_kit.core.settings import settings_version, site_id
from smo_kit.core.subjects import Key, key_of, source_of
from smo_kit.core.text import clean, cut, one_line, plain

logger = event_logger(__name__)

TITLE_LENGTH: Final = 150
SUMMARY_LENGTH: Final = 500
SUMMARY_READ: Final = 200_000
"""Characters, with their markup, in which a summary is looked for: cards are made while a page is saved."""
NAME_LENGTH: Final = 100
TAG_LENGTH: Final = 60
TAGS: Final = 20
ALT_LENGTH: Final = 420
"""Graphemes; the longest that X shows of ``twitter:image:alt``."""

ADDRESS_LENGTH: Final = 2000
KIND_LENGTH: Final = 32
CODE_POINTS: Final = 6
"""For each grapheme, on the average of a field."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that has been looked at: its address, size in pixels and media type."""

    url: str
    width: int = 0
    height: int = 0
    mime: str = ""


ImageSource: TypeAlias = Picture | FieldFile | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the world sees of a page. Fields are cleaned and cut as they come in; a dangerous address is dropped.

    ``summary`` and ``text`` are what anybody may read: what is locked does not belong here.
    """

    url: str
    title: str
    summary: str = ""
    image: ImageSource = None
    image_alt: str = ""
    video: str = ""
    published: dt.datetime | None = None
    modified: dt.datetime | None = None
    author: str = ""
    author_url: str = ""
    owner: Any = None
    """The user whose page it is, or None."""
    tags: tuple[str, ...] = ()
    language: str = ""
    """Code of the page's language; filled in when empty."""
    alternates: Mapping[str, str] = field(default_factory=dict)
    """The address in each language, this one's too."""
    kind: str = "article"
    """``article``, ``profile`` or ``website``."""
    text: str = ""
    free: bool = True
    template: str = ""
    """Name of the template that its card image is drawn by; "": the site's."""
    focus: tuple[float, float] | None = None
    """What must stay in a cut of the picture, as parts of its width and height; None: found in the picture."""
    cuts: Mapping[str, Picture] = field(default_factory=dict)
    """The picture in other shapes, by their name: ``square``, ``tall``. Filled in by meta."""
    shareable: bool = True
    """False: an editor keeps the page from networks. It has no buttons, and says nothing to crawlers."""

    def __post_init__(self) -> None:
        for name, tidy in _TIDY.items():
            object.__setattr__(self, name, tidy(getattr(self, name)))

    @property
    def image_url(self) -> str:
        """The picture's address, "" if there is none."""
        if isinstance(self.image, str) or self.image is None:
            return self.image or ""
        return self.image.url if isinstance(self.image, Picture) or self.image else ""


def _short(length: int) -> Callable[[object], str]:
    """Cut to so many graphemes, and to what a column holds when each letter wears a tower of accents."""
    return lambda text: cut(one_line(text), length, room=length * CODE_POINTS)


class PlainText(str):
    """What is left of HTML: it is not taken for HTML again, so that ``&lt;b&gt;`` stays what it says."""

    __slots__ = ()


def _summary(html: object) -> PlainText:
    if isinstance(html, PlainText):
        return html
    return PlainText(cut(plain(str(html or "")[:SUMMARY_READ]), SUMMARY_LENGTH, room=SUMMARY_LENGTH * CODE_POINTS))


def _address(url: object) -> str:
    text = one_line(url)
    if text and (len(text) > ADDRESS_LENGTH or not is_web_address(text)):
        logger.error(
            "A card names %r, which is no web address, and goes without it. Give a path or an https URL.",
            text[:200],
            extra=event("core.address_wrong"),
        )
        return ""
    return text


def _tags(tags: Iterable[object] | str | None) -> tuple[str, ...]:
    short = map(_short(TAG_LENGTH), tags.split(",") if isinstance(tags, str) else tags or ())
    return tuple(dict.fromkeys(filter(None, short)))[:TAGS]


def _alternates(urls: Mapping[str, str] | None) -> dict[str, str]:
    tidy = ((one_line(language), _address(url)) for language, url in (urls or {}).items())
    return {language: url for language, url in tidy if url}


def _moment(value: object) -> dt.datetime | None:
    """Return an aware datetime, of a date its midnight; None for what is neither."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time.min)
    if not isinstance(value, dt.datetime):
        return None
    return make_aware(value) if is_naive(value) else value


def _image(image: ImageSource) -> ImageSource:
    return _address(image) if isinstance(image, str) else image or None


_TIDY: Final[dict[str, Callable[[Any], Any]]] = {
    "url": _address,
    "title": _short(TITLE_LENGTH),
    "summary": _summary,
    "image": _image,
    "image_alt": _short(ALT_LENGTH),
    "video": _address,
    "published": _moment,
    "modified": _moment,
    "kind": lambda kind: one_line(kind)[:KIND_LENGTH] or "article",
    "author": _short(NAME_LENGTH),
    "author_url": _address,
    "tags": _tags,
    "alternates": _alternates,
    "text": clean,
}

Refiner: TypeAlias = Callable[[Sequence[tuple[Key | None, Card]]], Sequence[Card]]
"""Takes cards of one language, which is active, with the keys of their subjects (None: nobody's), improves them."""

_refiners: Final[list[tuple[int, Refiner]]] = []


def refine(order: int) -> Callable[[Refiner], Refiner]:
    """Let an app improve every card before anybody reads it; the smaller order comes first."""

    def add_refiner(function: Refiner) -> Refiner:
        _refiners.append((order, function))
        _refiners.sort(key=lambda one: one[0])
        return function

    return add_refiner


def register(
    model: type[M],
    *,
    public: Callable[[], QuerySet[M]] | None = None,
    subject: Callable[[M], Model] | None = None,
    languages: Callable[[M], Iterable[str]] | None = None,
    may_change: Callable[[Any, M], bool] | None = None,
) -> Callable[[Callable[[M], Card]], Callable[[M], Card]]:
    """Register the function that makes the card of a model's objects.

    ``public`` gives what anonymous readers may see (default: all); ``subject`` the object that stays when a version,
    a translation or a slug changes (default: the object); ``languages`` the codes in which the object has a card;
    ``may_change`` says whether a user may change an object (default: by the model's permissions).
    """

    def add_card(function: Callable[[M], Card]) -> Callable[[M], Card]:
        everything = public or model._default_manager.all
        add(Registration(model, function, everything, subject, languages, may_change))
        return function

    return add_card


class NotRegistered(LookupError):
    """The suite does not know how to make a card of this object."""

    def __init__(self, model: type[Model]) -> None:
        where = f"{model.__module__.rpartition('.')[0].replace('.', '/')}/smo.py"
        super().__init__(f"{model.__name__} has no card. Write @register({model.__name__}) in {where}.")


def card_of_page(card: Card, place: Model | None) -> Card:
    """Return a card that a view has made itself, refined as that of its Place; no query when it says the same again."""
    card = _speaking(card, _language(None))
    if place is None:
        return refined([(None, card)])[0]
    cache_key = f"{_cache_key(place, card.language)}:said"
    digest = blake2b(repr(card).encode("utf-8", "replace"), digest_size=16).digest()
    stored = cache.get(cache_key)
    if stored and stored[0] == digest:
        return _with_owner(*stored[1])
    card = refined([(key_of(place, card.language), card)])[0]
    cache.set(cache_key, (digest, _without_owner(card)), core_settings().card_seconds)
    return card


def card_for(obj: Model | Card, *, language: str | None = None, request: HttpRequest | None = None) -> Card | None:
    """Return the card of an object, or None if an anonymous reader may not see it.

    ``language`` is a code (default: the active one). With a request of a user who may change the object there is a
    card of what is not public too. Raises NotRegistered.
    """
    if isinstance(obj, Card):
        return refined([(None, _speaking(obj, _language(language)))])[0]
    registration = _known(type(obj))
    code = _language(language)
    cache_key = _cache_key(obj, code)
    if (stored := cache.get(cache_key)) is not None:
        return _with_owner(*stored)
    public = registration.public_object(obj.pk)  # not ``obj``: a preview may have put unsaved words into that
    if public is not None:
        card = make_card(registration, public, code)
        cache.set(cache_key, _without_owner(card), core_settings().card_seconds)
        return card
    return (
        make_card(registration, obj, code)
        if registration.may_be_changed_by(getattr(request, "user", None), obj)
        else None
    )


def cards_for(objects: Iterable[Model]) -> list[Card | None]:
    """Return the cards of objects, in their order, in the active language.

    One query for all that have a row, and one for each model of which some have none.
    """
    every = list(objects)
    code = _language(None)
    rows = apps.get_model("smo_core", "CardRow").objects.by_source(every, code)
    found = {source: row.as_card() for source, row in rows.items()}
    found |= _fresh_cards([obj for obj in every if source_of(obj) not in found], code)
    return [found.get(source_of(obj)) for obj in every]


def _fresh_cards(objects: Sequence[Model], language: str) -> dict[tuple[int, str], Card]:
    groups: dict[type[Model], list[Any]] = {}
    for obj in objects:
        groups.setdefault(_known(type(obj)).model, []).append(obj.pk)
    made: list[tuple[Registration, Model, Card]] = []
    for model, pks in groups.items():
        registration = _known(model)
        public = registration.public().filter(pk__in=pks)
        made += [(registration, obj, own_card(registration, obj, language)) for obj in public]
    cards = refined([(registered_key(registration, obj, card), card) for registration, obj, card in made])
    return {source_of(obj): card for (_, obj, _), card in zip(made, cards, strict=True)}


def make_card(registration: Registration, obj: Model, language: str) -> Card:
    """Return the card of an object as it is now, public or not."""
    card = own_card(registration, obj, language)
    return refined([(registered_key(registration, obj, card), card)])[0]


def registered_key(registration: Registration, obj: Model, card: Card) -> Key:
    """Return the key of a card's texts: its subject, in the one of the object's languages that the card speaks."""
    return key_of(obj, registration.nearest_language(obj, card.language))


def own_card(registration: Registration, obj: Model, language: str) -> Card:
    """Return the card in the object's own words, as its site wrote it; in the nearest language that it has."""
    if registration.languages:
        language = registration.nearest_language(obj, language)
    with override(language):
        card = registration.card(obj)
    return _speaking(card, language)


def refined(cards: Sequence[tuple[Key | None, Card]]) -> list[Card]:
    """Return the cards as every app that refines them leaves them, with plain addresses for pictures."""
    done: dict[int, Card] = {}
    for language in dict.fromkeys(card.language for _, card in cards):
        places = [place for place, (_, card) in enumerate(cards) if card.language == language]
        with override(language):
            done.update(zip(places, _refined_together([cards[place] for place in places]), strict=True))
    return [done[place] for place in range(len(cards))]


def _refined_together(cards: Sequence[tuple[Key | None, Card]]) -> list[Card]:
    keys = [key for key, _ in cards]
    current = [card for _, card in cards]
    for _, refiner in _refiners:
        current = list(refiner(list(zip(keys, current, strict=True))))
    return [replace(card, image=card.image_url) if isinstance(card.image, FieldFile) else card for card in current]


def cached_cards(obj: Model) -> list[str]:
    """Return the keys under which the cache may hold an object's card, in whatever language somebody asked for it."""
    codes = {settings.LANGUAGE_CODE, *(code for code, _ in settings.LANGUAGES)}
    keys = [_cache_key(obj, code) for code in codes]
    return [*keys, *(f"{key}:said" for key in keys)]


def forget_card(obj: Model) -> None:
    """Let the next reader of the object's card see it as it is now."""
    cache.delete_many(cached_cards(obj))


def _known(model: type[Model]) -> Registration:
    registration = registration_of(model)
    if registration is None:
        raise NotRegistered(model)
    return registration


def _speaking(card: Card, language: str) -> Card:
    return card if card.language else replace(card, language=language)


def _language(language: str | None) -> str:
    return language or get_language() or settings.LANGUAGE_CODE


def _cache_key(obj: Model, language: str) -> str:
    model = registered_model(type(obj))._meta.label_lower
    return f"smo:card:{__version__}:{site_id()}:{settings_version()}:{model}.{obj.pk}.{language}"


def _without_owner(card: Card) -> tuple[Card, Any]:
    """Return what the cache keeps: no user with his password's hash."""
    return _changed(card, owner=None), getattr(card.owner, "pk", None)


def _with_owner(card: Card, pk: Any) -> Card:
    if pk is None:
        return card
    return _changed(card, owner=SimpleLazyObject(lambda: get_user_model()._default_manager.filter(pk=pk).first()))


def _changed(card: Card, *, owner: Any) -> Card:
    """As ``replace``, which would tidy every field again."""
    own = copy(card)
    object.__setattr__(own, "owner", owner)
    return own
