"""The subject: the object that counts, ratings and comments hang on, whatever version or address it is seen in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import get_language_from_path

from smo_kit.core.registrations import registration_of
from smo_kit.core.settings import site_id

if TYPE_CHECKING:
    from smo_kit.core.models import Place

_SALT: Final = "smo_kit.key"
PATH_LENGTH: Final = 255
_PLACE_SECONDS: Final = 300
_NOWHERE: Final = "nowhere"


class ForgedKey(ValueError):
    """The string is no key that this site has printed."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a row of ours hangs on. ``language`` is "" for counts and a code for text."""

    content_type_id: int
    object_pk: str
    language: str = ""

    def sign(self) -> str:
        """Return the key as a page prints it: signed, and the same at every render."""
        return Signer(salt=_SALT).sign(f"{self.content_type_id}.{self.language}.{self.object_pk}")

    @classmethod
    def unsign(cls, token: str) -> Key:
        """Return the key of a printed string. Raises ForgedKey."""
        try:
            content_type, language, pk = Signer(salt=_SALT).unsign(token).split(".", 2)
            return cls(int(content_type), pk, language)
        except (BadSignature, ValueError) as error:
            raise ForgedKey(token) from error

    def speaking(self, language: str) -> Key:
        """Return the same subject's key for a language."""
        return replace(self, language=language)

    @property
    def fields(self) -> dict[str, object]:
        """The columns that hold the subject, for a query."""
        return {"content_type_id": self.content_type_id, "object_pk": self.object_pk}

    def subject(self) -> Model | None:
        """Return the subject itself, or None when it is gone."""
        model = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return model._base_manager.filter(pk=self.object_pk).first() if model else None


def subject_of(obj: Model) -> Model:
    """Return the object that all versions, translations and addresses of ``obj`` have in common."""
    registration = registration_of(type(obj))
    return registration.subject(obj) if registration and registration.subject else obj


def key_of(obj: Model | Key, language: str = "") -> Key:
    """Return the key of an object's subject."""
    if isinstance(obj, Key):
        return obj.speaking(language)
    subject = subject_of(obj)
    return Key(ContentType.objects.get_for_model(subject).pk, str(subject.pk), language)


def place_of(request: HttpRequest) -> Place | None:
    """Return the Place of a page without an object, or None.

    A page of a fixed route gets its Place when it is first asked for; any other has one only if staff made it:
    a visitor's address never makes a row.
    """
    path = path_without_language(request.path)
    if len(path) > PATH_LENGTH:
        return None
    cache_key = place_cache_key(site_id(), path)
    found: Place | str | None = cache.get(cache_key)
    if found is None:
        place = _place_at(path, make=_is_fixed(request))
        cache.set(cache_key, place or _NOWHERE, _PLACE_SECONDS)
        return place
    return None if isinstance(found, str) else found


def place_cache_key(site: int, path: str) -> str:
    """Return where the cache keeps the Place of a path, or that there is none."""
    return f"smo:place:{site}:{quote(path)}"


def _place_at(path: str, *, make: bool) -> Place | None:
    places = apps.get_model("smo_core", "Place").objects
    if make:
        return places.get_or_create(site_id=site_id(), path=path)[0]
    return places.filter(site_id=site_id(), path=path).first()


def path_without_language(path: str) -> str:
    """Return ``/about/`` for ``/ru/about/``."""
    language = get_language_from_path(path) if settings.USE_I18N else None
    return path.removeprefix(f"/{path.split('/')[1]}") if language else path


def _is_fixed(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.view_name and not match.args and not match.kwargs)
