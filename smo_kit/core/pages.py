"""What page is this? The answer that every tag starts from."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language, override

from smo_kit.core.addresses import site_name
from smo_kit.core.bridges import card_from_meta
from smo_kit.core.cards import Card, NotRegistered, card_for, card_of_page, register
from smo_kit.core.faults import fault
from smo_kit.core.models import Place
from smo_kit.core.registrations import registration_of, site_languages
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key, key_of, place_of, remember_words

NOTED: Final = 3600
"""Seconds for which a page is not asked again whether it says the same."""


Finder: TypeAlias = Callable[[HttpRequest], Model | None]
"""Says which object a page shows that gives its templates neither ``object`` nor ``meta``."""

_finders: Final[list[Finder]] = []


def finds_subject(finder: Finder) -> Finder:
    """Let a bridge say what the pages of another package show."""
    _finders.append(finder)
    return finder


@dataclass(frozen=True, slots=True)
class Page:
    """What a tag speaks of. ``card`` is None when this reader may not see it; ``key`` when nothing can hang on it."""

    card: Card | None
    key: Key | None
    request: HttpRequest | None = None
    language: str = ""
    """Of the object's snapshot; "" where there is none."""


def page_for(context: Mapping[str, Any], obj: Any = None) -> Page:
    """Return what a tag with this argument speaks of: an object, a Card or a ``Meta`` of django-meta.

    Without one (None, or "", which a template makes of a name that it does not know) it is the view's: its ``object``
    (if its model has a card), else its ``meta``, else what a bridge finds, else the Place. Anything else is a fault,
    and the Place.
    """
    request: HttpRequest | None = context.get("request")
    thing = thing_of(context, obj)
    if isinstance(thing, Model):
        try:
            card = card_for(thing, request=request)
            return Page(card, key_of(thing), request, _language_of(thing, card))
        except NotRegistered as error:
            fault(error)
    place = place_of(request) if request else None
    key = key_of(place) if place else None
    if isinstance(thing, Card):
        if place and request:
            note(place, thing, request)
        return Page(card_of_page(thing, place), key, request)
    card = card_for(place) if place else None
    if card is None:  # no Place, or one that was removed a moment ago: the page is there all the same
        return Page(card_for(_nameless(request)), None, request)
    return Page(card if card.title else replace(card, title=site_name(request)), key, request)


def thing_of(context: Mapping[str, Any], obj: Any = None) -> Model | Card | None:
    """Return what a tag with this argument means, or the view shows; None: no more than a page."""
    is_missing = obj is None or (isinstance(obj, str) and not obj)
    return _of_view(context) if is_missing else _of_argument(obj, context.get("request"))


def _language_of(obj: Model, card: Card | None) -> str:
    """Return the language that an object's snapshot is kept under: the site's first if it has no other."""
    registration = registration_of(type(obj))
    has_several = registration is not None and registration.languages is not None
    return "" if card is None else card.language if has_several else settings.LANGUAGE_CODE


def _of_view(context: Mapping[str, Any]) -> Model | Card | None:
    obj, meta, request = context.get("object"), context.get("meta"), context.get("request")
    if isinstance(obj, Model) and registration_of(type(obj)):
        return obj
    if request and _is_meta(meta):
        return card_from_meta(meta, request.path)
    return next(filter(None, (finder(request) for finder in _finders)), None) if request else None


def _of_argument(obj: Any, request: HttpRequest | None) -> Model | Card | None:
    if isinstance(obj, Model | Card):
        return obj
    if _is_meta(obj):
        return card_from_meta(obj, request.path if request else "/")
    cure = "Give it an object, a Card or a django-meta Meta, or nothing for the view's own."
    fault(TypeError(f"A tag of smo can't speak of {type(obj).__name__} {reprlib.repr(obj)}. {cure}"))
    return None


def _is_meta(thing: Any) -> bool:
    """Say whether it describes a page. Words have a ``title`` too, but theirs is a method."""
    return hasattr(thing, "title") and not callable(thing.title)


def note(place: Place, card: Card, request: HttpRequest) -> None:
    """Keep what a page says of itself, for the lists of the admin: only from what any reader of it would see."""
    if request.GET or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return
    language = card.language or get_language() or settings.LANGUAGE_CODE
    words: dict[str, Any] = {"title": card.title, "summary": card.summary, "kind": card.kind}
    if not card.free:
        words["free"] = False
    digest = blake2b(repr((site_id(), place.pk, language, words)).encode("utf-8", "replace"), digest_size=16)
    if cache.add(f"smo:said:{digest.hexdigest()}", 1, NOTED):
        transaction.on_commit(lambda: remember_words(place.pk, language, words), robust=True)


def _nameless(request: HttpRequest | None) -> Card:
    return Card(url=request.path if request else "/", title=site_name(request), kind="website")


def _places() -> QuerySet[Place]:
    return Place.objects.filter(site_id=site_id())


@register(Place, public=_places, languages=lambda place: site_languages())
def place_card(place: Place) -> Card:
    """Return the card of a page without an object: what its view last said of it, or nothing but its address."""
    urls = {code: localized(place.path, code) for code in site_languages()}
    language = get_language() or settings.LANGUAGE_CODE
    here = urls.get(language, place.path)
    said = {"title": "", "kind": "website", **place.words.get(language, {})}
    alternates = urls if len(set(urls.values())) > 1 else {}
    return Card(url=here, alternates=alternates, **said)


def localized(path: str, language: str) -> str:
    """Return a path without language in its form for a language: ``/ru/about/``, or as it is if it has none.

    A route with variables, such as ``<slug>`` of a CMS, takes any address: it is believed only where the path itself
    leads nowhere.
    """
    with override(language):
        speaking = _match(f"/{language}{path}")
        has_form = speaking is not None and (not _has_variables(speaking) or _match(path) is None)
    return f"/{language}{path}" if has_form else path


def _has_variables(match: ResolverMatch) -> bool:
    return bool(match.args or match.captured_kwargs)  # type: ignore[attr-defined]  # the stubs don't know it yet


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
