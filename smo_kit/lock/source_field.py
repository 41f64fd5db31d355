"""The source ``field``: what a lock hides is a field of an object, which is read when it may be."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from smo_kit.core.answers import language_of
from smo_kit.core.registrations import Registration, registration_of
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Gone


class NoField(LookupError):
    """A template names a field that its object has not, or can't show; the message names the cure."""


def place_of_field(obj: Any, field: str) -> str:
    """Return where a field of an object is found. Nothing of the field is read. Raises NoField."""
    if not isinstance(obj, Model):
        raise NoField(f"field={field!r} is of no object: give {{% smo_lock %}} the object that has it.")
    _must_be(obj, field)
    content_type = ContentType.objects.get_for_model(obj)
    return f"{content_type.pk}.{obj.pk}.{field}"


def field_of(request: HttpRequest, ref: Ref) -> SafeString:
    """Return what the field says, in the language of its page. Raises Gone."""
    content_type, _, rest = ref.where.partition(".")
    pk, _, field = rest.rpartition(".")
    try:
        model = ContentType.objects.get_for_id(int(content_type)).model_class()
        obj = model._base_manager.filter(pk=pk).first() if model else None
    except (ContentType.DoesNotExist, ValueError, ValidationError) as error:  # of a model that the site had once
        raise Gone(ref.where) from error
    if obj is None or not _is_for(request, obj, ref.key.language):
        raise Gone(ref.where)
    try:
        with override(language_of(ref.key.language)):
            return value_of(obj, field)
    except NoField as error:
        raise Gone(ref.where) from error


def language_for(obj: Any, wanted: str) -> str:
    """Return the language in which an object's field is read on a page: the page's own, or, if the object is not there
    in any form of that, its nearest.
    """
    registration = registration_of(type(obj))
    if registration is None or _speaks(registration, obj, wanted):
        return wanted
    return registration.nearest_language(obj, wanted)


def value_of(obj: Model, field: str) -> SafeString:
    """Return what a field of an object says, as HTML: what is not safe is text. Raises NoField."""
    _must_be(obj, field)
    value: Any = getattr(obj, field)
    if callable(value):
        value = value()
    if hasattr(value, "__html__"):
        return SafeString(value.__html__())  # it says itself that it is safe
    text = "" if value is None else str(value)
    return mark_safe(linebreaks(text, autoescape=True) if text else "")  # escaped


def _must_be(obj: Model, field: str) -> None:
    found = getattr(type(obj), field, None)
    if found is None or field.startswith("_"):
        raise NoField(f"{type(obj).__name__} has no field {field!r}. Name one of its fields, properties or methods.")
    if getattr(found, "alters_data", False):
        raise NoField(f"{type(obj).__name__}.{field} changes the object, so it is nothing to show.")


def _speaks(registration: Registration, obj: Model, language: str) -> bool:
    """Say whether an object is there in a language, or in another form of it; one that names no languages is."""
    return registration.languages is None or _base(language) in map(_base, registration.languages_of(obj))


def _base(language: str) -> str:
    return language.partition("-")[0]


def _is_for(request: HttpRequest, obj: Model, language: str) -> bool:
    """Say whether who asks may see the object in a language, as it is at this moment: no cached card is believed."""
    registration = registration_of(type(obj))
    if registration is None or not _speaks(registration, obj, language):
        return False
    return registration.public_object(obj.pk) is not None or registration.may_be_changed_by(
        getattr(request, "user", None), obj
    )
