"""What page is this? The answer that every tag starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, override

from smo_kit.core.addresses import site_name
from smo_kit.core.bridges import card_from_meta
from smo_kit.core.cards import Card, NotRegistered, card_for, register
from smo_kit.core.faults import fault
from smo_kit.core.models import Place
from smo_kit.core.registrations import registration_of
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key, key_of, place_of


@dataclass(frozen=True, slots=True)
class Page:
    """What a tag speaks of. ``card`` is None when this reader may not see it; ``key`` when nothing can hang on it."""

    card: Card | None
    key: Key | None
    request: HttpRequest | None = None


def page_for(context: Mapping[str, Any], obj: Model | Card | None = None) -> Page:
    """Return what a tag with this argument speaks of: the object or card, else that of the view, else the Place.

    The view's are its ``object`` (if its model has a card) and its ``meta`` (of django-meta).
    """
    request: HttpRequest | None = context.get("request")
    thing = obj or _of_view(context)
    if isinstance(thing, Model):
        try:
            return Page(card_for(thing, request=request), key_of(thing), request)
        except NotRegistered as error:
            fault(error)
    place = place_of(request) if request else None
    key = key_of(place) if place else None
    if isinstance(thing, Card):
        return Page(card_for(thing), key, request)
    if place:
        return Page(card_for(place), key, request)
    return Page(card_for(_nameless(request)), None, request)


def _of_view(context: Mapping[str, Any]) -> Model | Card | None:
    obj, meta, request = context.get("object"), context.get("meta"), context.get("request")
    if isinstance(obj, Model) and registration_of(type(obj)):
        return obj
    if meta is not None and request is not None and hasattr(meta, "title"):
        return card_from_meta(meta, request.path)
    return None


def _nameless(request: HttpRequest | None) -> Card:
    return Card(url=request.path if request else "/", title=site_name(request), kind="website")


def _places() -> QuerySet[Place]:
    return Place.objects.filter(site_id=site_id())


@register(Place, public=_places, languages=lambda place: [code for code, _ in settings.LANGUAGES])
def place_card(place: Place) -> Card:
    """Return the card of a page without an object; overrides give it a better title."""
    urls = {code: localized(place.path, code) for code, _ in settings.LANGUAGES}
    here = urls.get(get_language() or "", place.path)
    alternates = urls if len(set(urls.values())) > 1 else {}
    return Card(url=here, title=site_name(), kind="website", alternates=alternates)


def localized(path: str, language: str) -> str:
    """Return a path without language in its form for a language: ``/ru/about/``, or as it is if it has none."""
    with override(language):
        try:
            resolve(f"/{language}{path}")
        except Resolver404:
            return path
    return f"/{language}{path}"
