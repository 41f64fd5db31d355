"""The subject: the object that counts, ratings and comments hang on, whatever version or address it is seen in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.translation import get_language_from_path

from smo_kit.core.events import event, event_logger
from smo_kit.core.registrations import registered_model, registration_of
from smo_kit.core.settings import site_id

if TYPE_CHECKING:
    from smo_kit.core.models import Place

logger = event_logger(__name__)

_SALT: Final = "smo_kit.key"
PATH_LENGTH: Final = 255
_PLACE_SECONDS: Final = 300
_NOWHERE: Final = 0


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
    return Key(*source_of(subject_of(obj)), language)


def source_of(obj: Model) -> tuple[int, str]:
    """Return (content type, pk) under which an object itself is kept: that of the registered model for its children."""
    return ContentType.objects.get_for_model(registered_model(type(obj))).pk, str(obj.pk)


def place_of(request: HttpRequest) -> Place | None:
    """Return the Place of a page without an object, or None.

    A page of a fixed route gets its Place when it is first asked for; any other has one only if staff made it:
    a visitor's address never makes a row.
    """
    memo: dict[str, Place | None] = request.__dict__.setdefault("_smo_places", {})
    path = path_without_language(request.path_info)
    if path not in memo and len(path) <= PATH_LENGTH:
        memo[path] = _cached_place(request, path)
    return memo.get(path)


def _cached_place(request: HttpRequest, path: str) -> Place | None:
    cache_key = place_cache_key(site_id(), path)
    pk: int | None = cache.get(cache_key)
    if pk is None:
        place = _place_at(path, make=_is_fixed(request))
        # What is rolled back must not be remembered, nor what another transaction has not made yet.
        found = place.pk if place else _NOWHERE
        transaction.on_commit(lambda: cache.set(cache_key, found, _PLACE_SECONDS))
        return place
    return None if pk == _NOWHERE else _place_model()(pk=pk, site_id=site_id(), path=path)


def remember_words(pk: int, language: str, words: dict[str, Any]) -> None:
    """Keep what a page says of itself in a language, if it is news."""
    place = _place_model().objects.filter(pk=pk).first()
    if place is not None and place.words.get(language) != words:
        place.words = {**place.words, language: words}
        place.save(update_fields=["words"])


def place_cache_key(site: int, path: str) -> str:
    """Return where the cache keeps the Place of a path, or that there is none."""
    return f"smo:place:{site}:{blake2b(path.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _place_model() -> type[Place]:
    return apps.get_model("smo_core", "Place")


def _place_at(path: str, *, make: bool) -> Place | None:
    places = _place_model().objects
    place = places.filter(site_id=site_id(), path=path).first()
    if place is None and make:
        try:
            with transaction.atomic():
                return places.get_or_create(site_id=site_id(), path=path)[0]
        except DatabaseError as error:  # a replica that can only be read, a lock: the reader gets his page
            logger.warning("The page %s can't have its Place now: %s", path, error, extra=event("core.place_not_kept"))
    return place


def path_without_language(path: str) -> str:
    """Return ``/about/`` for ``/ru/about/``."""
    language = get_language_from_path(path) if settings.USE_I18N else None
    return path.removeprefix(f"/{path.split('/')[1]}") if language else path


def is_endpoint(match: ResolverMatch) -> bool:
    """Say whether an address is of the admin (under any name) or of the suite itself: no page of the site."""
    names = {*match.app_names, *match.namespaces}
    return "admin" in names or any(name.startswith("smo_") for name in names)


def _is_fixed(request: HttpRequest) -> bool:
    """Say whether the page has a name that leads to this address and to no other."""
    match = request.resolver_match
    if not match or not match.url_name or match.args or match.kwargs or is_endpoint(match):
        return False
    try:
        return reverse(match.view_name) == request.path
    except NoReverseMatch:
        return False
