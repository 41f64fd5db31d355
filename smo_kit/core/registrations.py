"""Which models have cards: what sites said with ``register`` in their ``smo.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from smo_kit.core.cards import Card


@dataclass(frozen=True, slots=True)
class Registration:
    """What a site said of one model."""

    model: type[Model]
    card: Callable[[Any], Card]
    public: Callable[[], QuerySet[Any]]
    subject: Callable[[Any], Model] | None = None
    languages: Callable[[Any], Iterable[str]] | None = None
    may_change: Callable[[Any, Any], bool] | None = None
    """Whether a user may change an object, where the model's permissions don't say it; None: they do."""

    def may_be_changed_by(self, user: Any, obj: Model) -> bool:
        """Say whether a user may change the object, and so see what is not public of it. Nobody anonymous may."""
        if not (user and user.is_authenticated):
            return False
        if self.may_change:
            return bool(self.may_change(user, obj))
        permission = f"{obj._meta.app_label}.change_{obj._meta.model_name}"
        return bool(user.has_perm(permission) or user.has_perm(permission, obj))

    def languages_of(self, obj: Model) -> tuple[str, ...]:
        """Return the languages in which the object has a card."""
        return tuple(self.languages(obj)) if self.languages else (settings.LANGUAGE_CODE,)

    def nearest_language(self, obj: Model, wanted: str) -> str:
        """Return the language of the object's cards that is nearest to one: ``en-us`` for ``en``; else its first."""
        codes = self.languages_of(obj)
        base = wanted.partition("-")[0]
        same_base = [code for code in codes if code.partition("-")[0] == base]
        return wanted if wanted in codes else next(iter(same_base or codes), wanted)

    def public_object(self, pk: object) -> Model | None:
        """Return the object as it is in the database, or None if anonymous readers may not see it."""
        found: Model | None = self.public().filter(pk=pk).first()
        return found


_registrations: Final[dict[type[Model], Registration]] = {}
_bridges: Final[list[Callable[[type[Model]], Registration | None]]] = []


def add(registration: Registration) -> None:
    """Remember a registration; a later one for the same model replaces it."""
    _registrations[registration.model] = registration


def bridge(function: Callable[[type[Model]], Registration | None]) -> Callable[[type[Model]], Registration | None]:
    """Add a way to know models that nobody registered, such as those of another package."""
    _bridges.append(function)
    return function


def registration_of(model: type[Model]) -> Registration | None:
    """Return what is registered for a model, its concrete model, its parents, or by a bridge; or None."""
    if model.__module__ == "__fake__":  # of a migration: it has the fields of another day and no methods
        return None
    found = _registrations.get(model)
    if found is None:
        parents = (_registrations[one] for one in model.__mro__ if one in _registrations)
        found = next(parents, None) or next(filter(None, (known(model) for known in _bridges)), None)
    return found


def registered_model(model: type[Model]) -> type[Model]:
    """Return the model under whose name an object is kept: that which is registered, for its children too."""
    registration = registration_of(model)
    return registration.model if registration else model


def site_languages() -> tuple[str, ...]:
    """Return the languages that the site has chosen; its one language if LANGUAGES is Django's list of a hundred."""
    if settings.is_overridden("LANGUAGES"):  # type: ignore[misc]  # the plug-in knows settings only
        return tuple(code for code, _ in settings.LANGUAGES)
    return (settings.LANGUAGE_CODE,)


def all_registrations() -> tuple[Registration, ...]:
    """Return what is known of each installed model that has cards."""
    found = (registration_of(model) for model in apps.get_models())
    return tuple({one.model: one for one in found if one}.values())
