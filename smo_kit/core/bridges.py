"""Models that another package describes: django-meta's ``ModelMeta`` becomes a Card without a line of code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from meta.models import ModelMeta

from smo_kit.core.cards import Card, ImageSource, Picture
from smo_kit.core.registrations import Registration, bridge
from smo_kit.core.text import plain


def card_from_meta(meta: Any, url: str) -> Card:
    """Return the card that a django-meta ``Meta`` describes.

    Its own ``url`` is not used: django-meta calls ``get_absolute_url("url")``, which takes "url" for a language.
    Its description is HTML; its values may be False, None, "" or a list.
    """
    return Card(
        url=url,
        title=plain(_first(meta, "og_title", "title")),
        summary=plain(_first(meta, "og_description", "description")),
        image=_image(meta),
        published=_first(meta, "published_time"),
        modified=_first(meta, "modified_time"),
        author=plain(_first(meta, "og_author")),
        tags=_words(_first(meta, "tag", "keywords")),
        kind=str(_first(meta, "og_type", "object_type") or "article").lower(),
    )


def _first(meta: Any, *names: str) -> Any:
    return next((value for name in names if (value := getattr(meta, name, None))), None)


def _image(meta: Any) -> ImageSource:
    url = _first(meta, "image")
    width, height = (int(_first(meta, name) or 0) for name in ("image_width", "image_height"))
    return Picture(str(url), width, height) if url and width and height else url


def _words(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return tuple(value.split(",")) if isinstance(value, str) else tuple(value or ())


def _url(obj: Any) -> str:
    return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else ""


@bridge
def model_meta(model: type[Model]) -> Registration | None:
    """Know every model that uses django-meta's mixin; whoever has its address may see it."""
    if not issubclass(model, ModelMeta):
        return None
    return Registration(model, lambda obj: card_from_meta(obj.as_meta(), _url(obj)), model._default_manager.all)
